"""Finds the units that the words in a cell name: known ones, and new ones.

Names are the same without capitals, hyphens and words such as 'bộ phận'; without accents only
where one of them has none at all.  A name that is nearly another's is a unit of its own, and told:
two officers may differ by one letter.  What could be two units is neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import msgspec

from parplan.importer.clean import DASHES, join_broken_lines, tidy
from parplan.importer.plan.unit_names import (
    comparison_key,
    core_name,
    fits_accents,
    known_forms,
    nearly_same,
    shorter_forms,
)
from parplan.plan.model import Unit
from parplan.plan.unit_ids import unit_id

# A semicolon parts two units; a comma, "và" or a line end may stand inside of one name.
_STRONG = re.compile(r";+")
_WEAK = re.compile(r"(\s*,\s*|\s+và\s+|\s*&\s*|\s*\+\s*)")
_LEADS = re.compile(
    r"^(?:[-–+•*]\s*)?(?:(?:đơn vị|cơ quan|bộ phận)\s+)?chủ trì\s*:\s*", re.IGNORECASE
)
_LEADING = re.compile(r"\s*[(\[]?\s*(?:là đơn vị )?chủ trì\s*[)\]]?[\s,;.]*$", re.IGNORECASE)
_SUPPORTS = re.compile(
    r"(?:^|[,;.\n(]|\s[-–])\s*(?:[-–+•*]\s*)?(?:(?:đơn vị|cơ quan|bộ phận|và)\s+)*"
    r"phối hợp(?:\s+(?:thực hiện|với))?\s*[:\-]?\s+",
    re.IGNORECASE,
)
# "Hội Nông dân (chủ trì), Đoàn Thanh niên": each marked by what it does.
_MARKED = re.compile(r"\s*\(\s*(chủ trì|phối hợp)\s*\)[\s,;.]*", re.IGNORECASE)
_HEADS = (
    "van phong|bo phan|phong|ban|cong an|tram|hoi|doan|ubnd|uy ban|hdnd|hoi dong|cong chuc|can bo|"
    "to|truong|trung tam|mat tran|ubmttq|mttq|cac|lanh dao|chu tich|pho chu tich|dang uy|"
    "chi bo|khoa|cuc|thue|hai quan|bao hiem|hat|xi nghiep|phan xuong|nha may|benh vien|dai|"
    "tinh doan|thanh doan|tinh uy|thanh uy|hiep hoi|lien doan|lien minh|tong cong ty|chi nhanh|"
    "buu dien|dien luc|cong doan|hieu truong|pho hieu truong|giao vien|"
    "ban chi huy|bch|doi|so|chi cuc|don vi|thanh tra|khu|thon|ap|kho bac|toa an|vien|bo|chi hoi|"
    "chi doan|thuong truc|ban thuong vu|cong ty|hop tac xa|ngan hang|tu van|chu dau tu|"
    "nha thau|truong thon|p|vp|ca|ttyt|ctv|bqlda|bql|bhxh|htx|tdp|cty"
)
# Fields of work that begin like units, as in "Phòng Hành chính, Tổ chức".
_FIELD = re.compile(
    r"(to chuc|khoa hoc|phong (?:chong|chay|thu|ngua)|ban (?:do|hanh)|so huu|van (?:hoa|nghe))\b.*"
)
_NAMED = re.compile(rf"({_HEADS})\s+\w.*")
# "các sở, ban, ngành" is a group: what follows in small letters belongs to it.
_GROUP = re.compile(r"(?:ubnd )?cac\b.*")
_NAMED_IN_GROUP = re.compile(r"(cac|bo phan|cong an|van phong)\s+\w.*")
_NAMED_SMALL = re.compile(
    r"(cac|bo phan|cong chuc|cong an|van phong|phong|trung tam|tram|giao vien)\s+\w.*"
)
# Between two units, inside of a name, or before the unit that one belongs to: "Phòng PA03 - Công an
# tỉnh".
_BETWEEN = re.compile(r"(\s+[-–—]\s+|\s*/\s*)")
# Units that are named without a word in front: "Công an, Quân sự".
_BARE = frozenset(
    (
        *("cong an", "quan su", "van phong", "mot cua", "tu phap", "ho tich", "dia chinh"),
        *("ke toan", "nha thau", "chu dau tu", "bhxh", "mttq", "vp", "buu dien", "tinh doan"),
        *("thanh doan", "hieu truong", "pho hieu truong", "bgh", "gvcn", "thu quy"),
    )
)
_ITEM = re.compile(r"^(?:[-–—+•*]|[0-9]{1,2}[.)](?=\s))\s*")
LONGEST_CELL = 1_000
"""Letters of a cell that can name units; a longer one holds something else."""


class UnitMatch(msgspec.Struct, frozen=True):
    """A name as the file writes it, and the unit it was taken for."""

    written: str
    unit: str
    is_exact: bool
    near: tuple[str, ...] = ()
    """Names of other units that are nearly this one; perhaps the same unit mistyped."""


class Units:
    """The units of a plan that is being made: known ones as they are used, and new ones."""

    def __init__(self, earlier: Sequence[Unit], cells: Iterable[str]) -> None:
        self.new: list[str] = []
        self.matches: dict[str, UnitMatch] = {}
        self._ids: dict[tuple[str, ...], set[str]] = {}
        self._alike: dict[tuple[str, ...], set[str]] = {}
        self._by_id = {unit.id: unit for unit in earlier}
        for unit in earlier:
            for name in unit.names():
                self._learn(name, unit)
        self.alone = {comparison_key(cell) for cell in cells if cell and not _WEAK.search(cell)} - {
            ""
        }

    def named_in(self, cell: str) -> tuple[list[str], list[str]]:
        """Return the units that do the work and those that support, as ``cell`` writes them."""
        text = join_broken_lines(cell)
        if _MARKED.search(text):
            return self._marked_in(text)
        parts = _SUPPORTS.split(text)
        lead = self._pieces(_LEADING.sub("", _LEADS.sub("", parts[0])))
        supporting = [name for part in parts[1:] for name in self._pieces(part.rstrip(")"))]
        return lead, list(dict.fromkeys(supporting))

    def _marked_in(self, text: str) -> tuple[list[str], list[str]]:
        """Return the units that ``text`` marks as those that lead, and the others."""
        leads: list[str] = []
        others: list[str] = []
        # Names and marks by turns; a mark is that of the name before it.
        parts = [*_MARKED.split(text), ""]
        for names, mark in zip(parts[::2], parts[1::2], strict=True):
            *before, last = self._pieces(names) or [""]
            others += before
            (leads if mark.lower() == "chủ trì" else others).append(last)
        return list(filter(None, leads)), list(dict.fromkeys(filter(None, others)))

    def _pieces(self, text: str) -> list[str]:
        """Cut ``text`` where each piece is a unit."""
        text = _without_ends(text)
        flat = _clean(text.replace("\n", " "))
        if not flat:
            return []
        if self._find(flat) is not None:
            return [flat]
        pieces: list[str] = []
        for strong in filter(None, map(_without_ends, _STRONG.split(text))):
            for line in self._lines(strong):
                for name in _cut(_ITEM.sub("", line), _BETWEEN, _is_of_kind):
                    pieces += _cut(name, _WEAK, lambda part, cut: self._begins_unit(part, cut[-1]))
        return list(dict.fromkeys(filter(None, map(_clean, pieces))))

    def _lines(self, text: str) -> list[str]:
        """Return the lines of ``text``, joined where one of two is no unit by itself."""
        lines: list[str] = []
        for line in filter(None, text.split("\n")):
            if lines and not (self._is_item(lines[-1], line) or self._are_units(lines[-1], line)):
                lines[-1] = f"{lines[-1]} {line}"
            else:
                lines.append(line)
        return lines

    def _is_item(self, before: str, line: str) -> bool:
        """Tell whether ``line`` begins with the dash of a list, not with that of a name cut in two.

        "Phòng Văn hóa" over "- Xã hội" is one unit.
        """
        if not _ITEM.match(line):
            return False
        return _ITEM.match(before) is not None or self._begins_unit(_clean(line), "")

    def _are_units(self, first: str, second: str) -> bool:
        # A line that ends with a comma or a dash goes on; so does a group.
        if first[-1] in DASHES:
            return False
        last, begin = (_WEAK.split(line) for line in (first, second))
        return self._begins_unit(_clean(last[-1]), "") and self._begins_unit(
            _clean(begin[0]), _clean(last[0])
        )

    def _begins_unit(self, piece: str, before: str) -> bool:
        bare = comparison_key(piece)
        if before.endswith("HĐND") and bare.startswith("ubnd"):
            return False  # Văn phòng HĐND và UBND
        if bare in self.alone or bare in _BARE or self._find(piece) is not None:
            return True
        if _FIELD.fullmatch(bare):
            return False
        if _same_head(before, piece):
            return True
        if piece[:1].isupper():
            named = _NAMED
        else:
            in_group = _GROUP.fullmatch(comparison_key(before))
            named = _NAMED_IN_GROUP if in_group else _NAMED_SMALL
        return named.fullmatch(bare) is not None

    def resolve(self, name: str) -> Unit:
        """Return the unit called ``name``; a new one where none is, with that name."""
        unit = self._find(name)
        if unit is None:
            unit = Unit(id=unit_id(name, self._by_id), name=name)
            self.new.append(unit.id)
        match = UnitMatch(name, unit.id, name in unit.names(), self._near(name, unit))
        self.matches.setdefault(name, match)
        if name not in unit.names():
            unit = msgspec.structs.replace(unit, aliases=[*unit.aliases, name])
        self._by_id[unit.id] = unit
        self._learn(name, unit)
        return unit

    def all(self) -> list[Unit]:
        """Return the units in use: the known ones in their order, then the new ones."""
        used = {match.unit for match in self.matches.values()}
        return [unit for unit in self._by_id.values() if unit.id in used]

    def _learn(self, name: str, unit: Unit) -> None:
        for form in known_forms(name):
            self._ids.setdefault(form, set()).add(unit.id)
        for shorter in shorter_forms(name):
            self._alike.setdefault(shorter, set()).add(unit.id)

    def _find(self, name: str) -> Unit | None:
        """Return the one unit that ``name`` fits best; None where it fits none or two."""
        # The nearest form that fits decides; two units with it are a doubt, which no other ends.
        for form in known_forms(name):
            ids = {
                unit for unit in self._ids.get(form, ()) if fits_accents(name, self._by_id[unit])
            }
            if ids:
                return self._by_id[ids.pop()] if len(ids) == 1 else None
        return None

    def _near(self, name: str, unit: Unit) -> tuple[str, ...]:
        """Return the other units that ``name`` may be, mistyped."""
        core = core_name(name)
        ids = {other for form in shorter_forms(name) for other in self._alike.get(form, ())} - {
            unit.id
        }
        others = [self._by_id[other] for other in sorted(ids)]
        return tuple(
            other.name
            for other in others
            if any(nearly_same(core, core_name(name)) for name in other.names())
        )


def _cut(
    text: str, between: re.Pattern[str], begins: Callable[[str, list[str]], bool]
) -> list[str]:
    """Cut ``text`` at what is ``between`` units, where what follows ``begins`` one after others."""
    first, *rest = between.split(text)
    pieces = [first]
    for mark, piece in zip(rest[::2], rest[1::2], strict=True):
        if begins(piece, pieces):
            pieces.append(piece)
        else:
            pieces[-1] += mark + piece
    return pieces


def _is_of_kind(name: str, names: list[str]) -> bool:
    """Tell whether ``name``, behind a dash or stroke, is a unit as the first: "Sở A - Sở B"."""
    # "Thôn 1 - Thôn 5" may be all five.
    return _same_head(names[0], name) and not name.strip()[-1:].isdigit()


def _same_head(name: str, other: str) -> bool:
    """Tell whether ``other`` begins with the word that ``name`` begins with: two "Khoa …"."""
    first, second = comparison_key(name).split(), comparison_key(other).split()
    alike = bool(first) and len(second) > 1 and first[0] == second[0]
    return alike and other[:1].isupper() and not _FIELD.fullmatch(" ".join(second))


def _clean(text: str) -> str:
    return _without_ends(_ITEM.sub("", _without_ends(text)))


def _without_ends(text: str) -> str:
    return tidy(text).strip(" \n.;,:")
