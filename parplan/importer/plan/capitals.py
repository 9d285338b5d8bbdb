"""Writes the name of an office, printed in capitals, as running text does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from parplan.text import fold

# Words with which the name of a body begins, in both spellings: "ỦY" and "UỶ".
_BODY = re.compile(
    r"(UBND|ỦY BAN|UỶ BAN|HĐND|HỘI ĐỒNG|ĐẢNG ỦY|ĐẢNG UỶ|THÀNH ỦY|HUYỆN ỦY|QUẬN ỦY|TỈNH ỦY|SỞ|BỘ|"
    r"PHÒNG(?! CHỐNG| CHÁY| THỦ| NGỪA)|BAN|MẶT TRẬN|TRUNG TÂM|VĂN PHÒNG|CHI CỤC|CỤC|CÔNG AN|"
    r"TRƯỜNG|TRẠM|HỘI|ĐOÀN|LIÊN ĐOÀN|CÔNG ĐOÀN|BỆNH VIỆN|THƯ VIỆN|BẢO TÀNG|HẠT|KHO BẠC|ĐẢNG BỘ|"
    r"CHI BỘ|THANH TRA|CÔNG TY|HỢP TÁC XÃ)\b"
)
# Nothing above them goes on with these, be it bold.
_SCHOOL = re.compile(r"TRƯỜNG (TH|THCS|THPT|TIỂU|MẦM|MẪU|MN|PT\w*|PHỔ|TRUNG HỌC|CAO ĐẲNG)\b|TRẠM Y")
# Words that a line end may part, of which the second also begins bodies.
_PARTED = frozenset(
    (
        *("MÔI TRƯỜNG", "THỊ TRƯỜNG", "XÃ HỘI", "QUỐC HỘI", "LIÊN ĐOÀN", "CÔNG ĐOÀN", "TẬP ĐOÀN"),
        *("VĂN PHÒNG", "QUỐC PHÒNG", "HẢI PHÒNG", "CÁN BỘ", "ĐẢNG BỘ", "CHI BỘ", "CHI CỤC"),
        *("TỔNG CỤC", "CHI HỘI", "CHI ĐOÀN", "NHÀ TRƯỜNG"),
    )
)
# Written small inside a name: "UBND phường Phú La"; its first letter is a capital where it begins.
_COMMON = (
    "thành phố|tỉnh|quận|huyện|phường|xã|thị xã|thị trấn|ủy ban nhân dân|uỷ ban nhân dân|"
    "hội đồng nhân dân|nhân dân|phòng chống|phòng|sở|bộ|văn phòng|trung tâm|công an|chi cục|"
    "và|của|số|khu vực|thiên tai"
)
# What a body is or deals with: the first letter is a capital wherever it stands.
_FIELD = (
    r"(?:đảng|huyện|tỉnh|thành|quận|thị) (?:ủy|uỷ)|ủy ban|uỷ ban|hội đồng|chỉ huy|chỉ đạo|"
    "chấp hành|bệnh viện|thư viện|bảo tàng|"
    "kho bạc|nhà nước|thanh tra|kiểm lâm|mặt trận|tổ quốc|liên đoàn|công đoàn|y tế|tiểu học|"
    "mầm non|mẫu giáo|phổ thông|trung học|cơ sở|cao đẳng|đại học|giáo dục|đào tạo|văn hóa|văn hoá|"
    "thể thao|du lịch|thông tin|truyền thông|nông nghiệp|phát triển|nông thôn|tài chính|kế hoạch|"
    "tài nguyên|môi trường|khoa học|công nghệ|lao động|thương binh|nội vụ|tư pháp|công thương|"
    "xây dựng|giao thông|vận tải|kinh tế|hạ tầng|đô thị|dân tộc|tôn giáo|tổ chức|tuyên giáo|"
    "dân vận|nông dân|phụ nữ|cựu chiến binh|thanh niên|quân sự|dân số|đa khoa|dịch vụ|hành chính|"
    "phục vụ|việc làm|liên hiệp|(?<=và )xã hội|(?<=- )xã hội"
)
_WORDS = re.compile(rf"\b(?:(?P<field>{_FIELD})|{_COMMON})\b", re.IGNORECASE)
# What follows is a place: "xã Hội Sơn", "thành phố Hải Phòng".
_PLACE = re.compile(
    r"\b(?:thành phố|tp|tỉnh|quận|huyện|phường|xã|thị xã|thị trấn)(?: hải)? $", re.IGNORECASE
)
# "THCS", "GD&ĐT", "A1", "III": no Vietnamese word is without a vowel, or has other signs.
_ABBREVIATION = re.compile(r".*[&0-9].*|[b-df-hj-np-tvwxz]+|ii|iii|iv|vii|viii|ix", re.IGNORECASE)
_ABBREVIATIONS = frozenset(("UBND", "HĐND", "MTTQ", "UBMTTQ", "BCĐ", "TP"))
_COMMITTEE = re.compile(r"^(ủy|uỷ) ban nhân dân\b", re.IGNORECASE)


def split_bodies(lines: Sequence[tuple[str, bool]]) -> list[str]:
    """Return the bodies that ``lines``, each with whether it is bold, name one under another.

    A name may run over several lines: a line that begins no body's name goes on with the
    one above, as does a bold one under a bold one.
    """
    bodies: list[str] = []
    was_bold = False
    for text, bold in lines:
        if bodies and _goes_on(bodies[-1].upper(), text.upper(), bold and was_bold):
            bodies[-1] = f"{bodies[-1]} {text}"
        else:
            bodies.append(text)
        was_bold = bold
    return bodies


def _goes_on(above: str, line: str, are_bold: bool) -> bool:
    """Tell whether ``line`` goes on with the name ``above``, both in capitals."""
    parted = f"{above.rsplit(maxsplit=1)[-1]} {line.split(maxsplit=1)[0]}"
    if parted in _PARTED or not _BODY.match(line):
        return True
    return are_bold and not _SCHOOL.match(line)


def as_written(name: str, text: str) -> str:
    """Return the body ``name`` as the running ``text`` writes it, else in ordinary capitals.

    >>> as_written("ỦY BAN NHÂN DÂN PHƯỜNG PHÚ LA", "Theo đề nghị, UBND phường Phú La xây dựng")
    'UBND phường Phú La'
    >>> as_written("UBND QUẬN HÀ ĐÔNG", "")
    'UBND quận Hà Đông'
    """
    short = _COMMITTEE.sub("UBND", name)
    pattern = r"\s+".join(map(re.escape, short.split()))
    pattern = re.sub(r"^UBND\b", "(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân)", pattern)
    match = re.search(rf"\b{pattern}(?!\w)", text, re.IGNORECASE) if short else None
    if match and not match[0].isupper():
        return _COMMITTEE.sub("UBND", " ".join(match[0].split()))
    return _ordinary(short) if short.isupper() else short


def _ordinary(name: str) -> str:
    words = ("-".join(map(_capitalised, word.split("-"))) for word in name.split())
    return _WORDS.sub(_small, " ".join(words))


def _capitalised(word: str) -> str:
    is_short = word in _ABBREVIATIONS or _ABBREVIATION.fullmatch(fold(word))
    return word if is_short else word.capitalize()


def _small(match: re.Match[str]) -> str:
    """Write the words of ``match`` small, but for a capital where one belongs."""
    if _PLACE.search(match.string[: match.start()]):
        return match[0]
    return match[0].capitalize() if match["field"] or not match.start() else match[0].lower()
