"""Finds the units that the words in a cell name: known ones, and new ones.

Names are compared without accents, capitals, hyphens and words such as 'bộ phận'; one
wrong letter in a longer word is allowed.  What could be two units is neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from parplan.importer.clean import join_broken_lines, tidy
from parplan.plan.model import Unit
from parplan.plan.unit_ids import unit_id
from parplan.text import fold

_SIGNS = re.compile(r"[^\w]+")
_OPTIONAL = re.compile(r"\b(bo phan|cac|phuong|xa|thi tran|va)\b")
# A semicolon or a line end parts two units; a comma or "và" may stand inside of one name.
_STRONG = re.compile(r"[;\n]+")
_WEAK = re.compile(r"(\s*,\s*|\s+và\s+|\s*&\s*|\s*\+\s*)")
_LEADS = re.compile(
    r"^(?:[-–+•*]\s*)?(?:(?:đơn vị|cơ quan|bộ phận)\s+)?chủ trì\s*:\s*", re.IGNORECASE
)
_SUPPORTS = re.compile(
    r"(?:^|[,;.\n(]|\s[-–])\s*(?:[-–+•*]\s*)?(?:(?:đơn vị|cơ quan|bộ phận|và)\s+)*"
    r"phối hợp(?:\s+(?:thực hiện|với))?\s*[:\-]?\s+",
    re.IGNORECASE,
)
_HEADS = (
    "van phong|bo phan|phong|ban|cong an|tram|hoi|doan|ubnd|uy ban|hdnd|hoi dong|cong chuc|can bo|"
    "to|truong|trung tam|mat tran|ubmttq|mttq|cac|lanh dao|chu tich|pho chu tich|dang uy|chi bo|"
    "ban chi huy|bch|doi|so|chi cuc|don vi|thanh tra|khu|thon|ap|kho bac|toa an|vien|bo"
)
_NAMED = re.compile(rf"({_HEADS})\s+\w.*")
_NAMED_SMALL = re.compile(r"(cac|bo phan|cong chuc|cong an|van phong|phong|trung tam|tram)\s+\w.*")
# Units that are named without a word in front: "Công an, Quân sự".
_BARE = frozenset(("cong an", "quan su", "van phong", "mot cua"))
LONGEST_CELL = 1_000
"""Letters of a cell that can name units; a longer one holds something else."""


class UnitMatch(msgspec.Struct, frozen=True):
    """A name as the file writes it, and the unit it was taken for."""

    written: str
    unit: str
    is_exact: bool


class Units:
    """The units of a plan that is being made: known ones as they are used, and new ones."""

    def __init__(self, earlier: Sequence[Unit], cells: Iterable[str]) -> None:
        self.earlier = list(earlier)
        self.used: dict[str, Unit] = {}
        self.new: list[str] = []
        self.matches: dict[str, UnitMatch] = {}
        self._ids: dict[tuple[str, ...], set[str]] = {}
        self._by_id = {unit.id: unit for unit in self.earlier}
        for unit in self.earlier:
            for name in unit.names():
                self._learn(name, unit)
        self.alone = {comparison_key(cell) for cell in cells if cell and not _WEAK.search(cell)} - {
            ""
        }

    def named_in(self, cell: str) -> tuple[list[str], list[str]]:
        """Return the units that do the work and those that support, as ``cell`` writes them."""
        text = join_broken_lines(cell)
        parts = _SUPPORTS.split(text)
        lead = self._pieces(_LEADS.sub("", parts[0]))
        supporting = [name for part in parts[1:] for name in self._pieces(part.rstrip(")"))]
        return lead, [name for name in supporting if name not in lead]

    def _pieces(self, text: str) -> list[str]:
        """Cut ``text`` where each piece is a unit."""
        text = _clean(text)
        flat = _clean(text.replace("\n", " "))
        if not flat:
            return []
        if self._find(flat) is not None:
            return [flat]
        pieces: list[str] = []
        for strong in filter(None, map(_clean, _STRONG.split(text))):
            between, begins = "", len(pieces)
            for index, part in enumerate(_WEAK.split(strong)):
                if index % 2:
                    between = part
                elif len(pieces) == begins or self._begins_unit(part, pieces[-1]):
                    if len(pieces) == begins and pieces and not self._begins_unit(part, ""):
                        pieces[-1] = f"{pieces[-1]} {part}"  # a line end inside a name
                        begins -= 1
                    else:
                        pieces.append(part)
                else:
                    pieces[-1] += between + part
        return list(dict.fromkeys(filter(None, map(_clean, pieces))))

    def _begins_unit(self, piece: str, before: str) -> bool:
        bare = comparison_key(piece)
        if before.endswith("HĐND") and bare.startswith("ubnd"):
            return False  # Văn phòng HĐND và UBND
        if bare in self.alone or bare in _BARE or self._find(piece) is not None:
            return True
        named = _NAMED if piece[:1].isupper() else _NAMED_SMALL
        return named.fullmatch(bare) is not None

    def resolve(self, name: str) -> Unit:
        """Return the unit called ``name``; a new one where none is, with that name."""
        unit = self._find(name)
        if unit is None:
            unit = Unit(id=unit_id(name, self._by_id), name=name)
            self.new.append(unit.id)
        self.matches.setdefault(name, UnitMatch(name, unit.id, name in unit.names()))
        if name not in unit.names():
            unit = msgspec.structs.replace(unit, aliases=[*unit.aliases, name])
        self.used[unit.id] = self._by_id[unit.id] = unit
        self._learn(name, unit)
        return unit

    def all(self) -> list[Unit]:
        """Return the units in use: the known ones in their order, then the new ones."""
        order = [unit.id for unit in self.earlier if unit.id in self.used]
        return [self.used[unit_id] for unit_id in [*order, *self.new]]

    def _learn(self, name: str, unit: Unit) -> None:
        for level in _match_levels(name):
            for form in level:
                self._ids.setdefault(form, set()).add(unit.id)

    def _find(self, name: str) -> Unit | None:
        """Return the one unit that ``name`` fits best; None where it fits none or two."""
        # The nearest level that fits decides; two units on it are a doubt, which no lower one ends.
        for level in _match_levels(name):
            ids = {unit for form in level for unit in self._ids.get(form, ())}
            if level and level[0][0] == "nearly":
                ids = {unit for unit in ids if self._is_near(name, unit)}
            if ids:
                return self._by_id[ids.pop()] if len(ids) == 1 else None
        return None

    def _is_near(self, name: str, unit: str) -> bool:
        return any(
            _nearly_same(core_name(name), core_name(other_name))
            for other_name in self._by_id[unit].names()
        )


def _match_levels(name: str) -> Iterator[list[tuple[str, ...]]]:
    """Yield what a name is known by, nearest first: as written, bare, and less each word."""
    bare, heart = comparison_key(name), core_name(name)
    yield [("name", name)]
    yield [("key", bare)] if bare else []
    yield [("core", heart)] if len(heart) > 3 else []
    words = heart.split()
    yield [("nearly", str(i), *words[:i], *words[i + 1 :]) for i in range(len(words))][:12]


def _clean(text: str) -> str:
    bare = re.sub(r"^[-–—+•*]\s*", "", tidy(text))
    return bare.strip(" \n.;,:")


def comparison_key(name: str) -> str:
    """Return ``name`` for comparing: no accents, capitals or signs.

    >>> comparison_key("Bộ phận Văn hoá – Thông tin")
    'bo phan van hoa thong tin'
    """
    return _SIGNS.sub(" ", fold(name)).strip()


def core_name(name: str) -> str:
    """Return ``comparison_key`` without the words that names of units have or have not.

    >>> core_name("Bộ phận Tài chính – Kế toán") == core_name("Tài chính kế toán")
    True
    """
    words = " ".join(_OPTIONAL.sub(" ", comparison_key(name)).split())
    return words or comparison_key(name)


def _nearly_same(first: str, second: str) -> bool:
    """Tell whether two cores differ by one letter in one longer word, and by nothing else."""
    words, others = first.split(), second.split()
    if len(words) != len(others):
        return False
    wrong = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
    return len(wrong) == 1 and len(words) > 1 and _one_letter_apart(*wrong[0])


def _one_letter_apart(first: str, second: str) -> bool:
    # In short words one letter makes another word: "Hội" and "Đội", "thu" and "thi".
    if min(len(first), len(second)) < 4 or not (first.isalpha() and second.isalpha()):
        return False
    if abs(len(first) - len(second)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), None)
    if start is None:
        return True
    rest, others = first[start:], second[start:]
    return rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]
