"""Tells by the words of several parts whether a date among them has another role than a deadline.

"Giao: 10/6; hạn: 20/6", "chốt số liệu: 31/5; báo cáo: trước 10/6", "dự kiến: 10/6; chính thức:
20/6": such a phrase is not understood, though each of its dates is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from parplan.deadlines.grammar.phrase_parts import Part
from parplan.deadlines.grammar.tokens import Phrase
from parplan.schedule.rules import AnyRule, Every, In, On
from parplan.text import fold

_DATA = re.compile(
    r"(?:thoi gian |thoi diem |moc |khoa |chot |lay )*(?:chot |lay |khoa )?so lieu\b"
    r"(?! (?:truoc|gui|nop))"
)
"""Up to when the figures go, of which another part tells when they are due."""
_VERSIONS = re.compile(
    r"(?:du kien|chinh thuc|thuc te|phan dau|dieu chinh|(?:tinh |phuong |xa |so )?yeu cau)\s*:"
    r"|(?:tinh|so|huyen|thanh pho|cap tren) (?:yeu cau|giao)\b|(?:cu|moi)\s*:"
    r"|theo (?:ke hoach|kh|yeu cau|lich) cua\b.*[0-9]"
)
"""One deadline in two versions."""
_GIVEN = re.compile(
    r"(?:thoi gian )?(?:giao viec|giao|phan cong|tiep nhan|nhan van ban)\s*:"
    r"|(?:cong van|cv|chi dao|ket luan|thong bao ket luan|quyet dinh phe duyet)\b[^:;]*:"
)
"""What somebody gave before the work began."""
_STARTS = ("trien khai", "thuc hien", "bd", "khoi cong", "bat dau")
_ENDS = ("hoan thanh", "ket thuc", "kt", "khanh thanh", "ban giao")
_PEAKS = ("cao diem", "trong tam")
_OVER = ("thanh tra", "kiem tra", "giam sat", "kiem toan", "quyet toan", "danh gia", "ky kiem tra")
"""What looks back over a span."""


def has_other_role(
    phrase: Phrase, pieces: Sequence[Part], rules_by_part: Sequence[list[AnyRule]], year: int
) -> bool:
    """Tell whether some date of ``pieces``, in the plan of ``year``, may be no deadline."""
    rules = [rule for part in rules_by_part for rule in part]
    labels = [fold(part.label.text) for part in pieces]
    if any(
        _looks_back(label, part, year) for label, part in zip(labels, rules_by_part, strict=True)
    ):
        return True
    if _starts_and_ends(phrase, pieces, rules):
        return True
    if len(pieces) < 2:
        return False
    words = [fold(phrase.between(part.first, part.stop)) for part in pieces]
    return (
        any(_DATA.match(text) or _VERSIONS.match(text) for text in words)
        or (words[0].startswith("phan dau") and words[1].startswith(("cham nhat", "muon nhat")))
        or _GIVEN.match(words[0]) is not None
        or (not labels[0] and any(label in _PEAKS for label in labels[1:]))
        or (any("hang nam" in text for text in words) and f"nam {year}" in labels)
        or _halves_beside_year(pieces, rules_by_part)
    )


def _looks_back(label: str, rules: Sequence[AnyRule], year: int) -> bool:
    """Tell whether "thanh tra: năm 2025", "giám sát: giai đoạn 2021-2026" stands here."""
    if not label.startswith(_OVER):
        return False
    spans = [rule.period() for rule in rules if isinstance(rule, In)]
    return any(span.first.year < year for span in spans)


def _starts_and_ends(phrase: Phrase, pieces: Sequence[Part], rules: Sequence[AnyRule]) -> bool:
    """Tell whether the first date is when work begins: "triển khai: 01/3; hoàn thành: 30/6"."""
    words = [fold(phrase.between(part.first, part.start)) for part in pieces]
    before = [text.removeprefix("thoi gian ").rstrip(": ") for text in words]
    behind = [fold(getattr(rule, "label", "")) for rule in rules]
    return any(
        len(labels) > 1
        and labels[0] in _STARTS
        and any(label.startswith(_ENDS) for label in labels[1:])
        for labels in (before, behind)
    )


def _halves_beside_year(pieces: Sequence[Part], rules_by_part: Sequence[list[AnyRule]]) -> bool:
    """Tell whether "6 tháng" of one part is the first half alone, as another has the year."""
    halves = [
        any(isinstance(rule, Every) and rule.every == "half" for rule in part)
        for part in rules_by_part
    ]
    of_year = [
        any(unit == "year" for unit, _words in part.label.lengths)
        or any(period.kind == "year" for period in part.label.named)
        for part in pieces
    ]
    days = [any(isinstance(rule, On | Every) for rule in part) for part in rules_by_part]
    return any(
        half
        and any(
            is_year and day
            for m, (is_year, day) in enumerate(zip(of_year, days, strict=True))
            if m != n
        )
        for n, half in enumerate(halves)
    )
