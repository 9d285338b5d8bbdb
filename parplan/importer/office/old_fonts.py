"""Turns text for old Vietnamese fonts, which show other letters than it holds, into Unicode.

".VnTime" and its kin are for TCVN3 (TCVN 5712:1993, VN3), in which a letter is one byte; fonts
whose names begin with "VNI-" put the mark behind its vowel.  Office programs keep these bytes
as the letters of Windows-1252.  Only the font tells: "Néi dung" may be what is meant.
"""

from __future__ import annotations

import re
import unicodedata

from parplan.problem import N_

CONVERTED = N_("text in an old font (.VnTime, VNI) was turned into Unicode; compare it")
"""What is said, once a table, where letters were changed."""

_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\xad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)
_VNI_MARKS = {
    "ù": "\u0301",
    "ø": "\u0300",
    "û": "\u0309",
    "õ": "\u0303",
    "ï": "\u0323",
    "â": "\u0302",
    "á": "\u0302\u0301",
    "à": "\u0302\u0300",
    "å": "\u0302\u0309",
    "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306",
    "é": "\u0306\u0301",
    "è": "\u0306\u0300",
    "ú": "\u0306\u0309",
    "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}
_VNI_LETTERS = "öôñíìæóòî"
_VNI_SINGLE = str.maketrans(_VNI_LETTERS + _VNI_LETTERS.upper(), "ươđíìỉĩịỵ" + "ươđíìỉĩịỵ".upper())
# In one go: "oâ" is ô, and a ô that stands alone is ơ.
_VNI = re.compile(f"[aeouyöô][{''.join(_VNI_MARKS)}]|[{_VNI_LETTERS}]", re.IGNORECASE)


def to_unicode(text: str, font: str) -> str:
    """Return ``text`` as the font called ``font`` shows it.

    >>> to_unicode("Néi dung", ".VnTime"), to_unicode("kÕ ho¹ch", ".VnTimeH")
    ('Nội dung', 'KẾ HOẠCH')
    >>> to_unicode("Ñôn vò chuû trì, coâng", "VNI-Times"), to_unicode("Néi", "Times New Roman")
    ('Đơn vị chủ trì, công', 'Néi')
    """
    if font.startswith(".Vn"):
        letters = text.translate(_TCVN3)
        return letters.upper() if font.endswith("H") else letters  # that font has capitals alone
    if font.startswith("VNI-"):
        return _VNI.sub(_vni_letter, text)
    return text


def _vni_letter(match: re.Match[str]) -> str:
    letter, marks = match[0][0], match[0][1:]
    signs = "".join(_VNI_MARKS[mark.lower()] for mark in marks)
    return unicodedata.normalize("NFC", letter.translate(_VNI_SINGLE) + signs)
