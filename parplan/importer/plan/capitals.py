"""Writes the name of an office, printed in capitals, as running text does."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Words with which the name of a body begins, in both spellings: "ỦY" and "UỶ".
_BODY = re.compile(
    r"^(UBND|ỦY BAN|UỶ BAN|HĐND|HỘI ĐỒNG|ĐẢNG ỦY|ĐẢNG UỶ|THÀNH ỦY|HUYỆN ỦY|QUẬN ỦY|TỈNH ỦY|SỞ|BỘ|"
    r"PHÒNG|BAN|MẶT TRẬN|TRUNG TÂM|VĂN PHÒNG|CHI CỤC|CỤC|CÔNG AN)\b"
)
# Written small inside a name: "UBND phường Phú La".
_COMMON = re.compile(
    r"(?<!^)\b(thành phố|tỉnh|quận|huyện|phường|xã|thị trấn|ủy ban nhân dân|uỷ ban nhân dân|"
    r"hội đồng nhân dân|nhân dân|phòng|sở|bộ|văn phòng|trung tâm|công an|chi cục|và|của)\b",
    re.IGNORECASE,
)
_ABBREVIATIONS = frozenset(("UBND", "HĐND", "MTTQ", "UBMTTQ", "BCĐ", "TP", "HĐND-UBND"))
_COMMITTEE = re.compile(r"^(ủy|uỷ) ban nhân dân\b", re.IGNORECASE)


def split_bodies(lines: Sequence[tuple[str, bool]]) -> list[str]:
    """Return the bodies that ``lines``, each with whether it is bold, name one under another.

    A name may run over several lines: a line that begins no body's name goes on with the
    one above, as does a bold one under a bold one.
    """
    bodies: list[str] = []
    was_bold = False
    for text, bold in lines:
        goes_on = bool(bodies) and (not _BODY.match(text.upper()) or (bold and was_bold))
        if goes_on:
            bodies[-1] = f"{bodies[-1]} {text}"
        else:
            bodies.append(text)
        was_bold = bold
    return bodies


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
    words = [
        word if word in _ABBREVIATIONS else "-".join(map(str.capitalize, word.split("-")))
        for word in name.split()
    ]
    return _COMMON.sub(lambda match: match[0].lower(), " ".join(words))
