"""What reading one file may cost, whoever sent it: one budget, spent by all that read the file.

Spent where the work is done: what a file claims of its sizes says nothing.  The amounts are
several times what the longest real plans take, and end a file made to do harm within ten
seconds and 500 MB (tests/safety/test_costly_files.py).
"""

from __future__ import annotations

import re
import time
import unicodedata
from pathlib import Path

from parplan.problem import N_, UserError, params

SIZE = 100_000_000
"""Bytes of the file, and of what its parts inflate to, as often as they do."""

ELEMENTS = 1_000_000
"""Elements of XML in all parts."""

CELLS = 500_000
"""Cells by the places where they stand, merged ones in several."""

LETTERS = 5_000_000
"""Letters of the texts, by the places where they stand."""

SECONDS = 6.0
"""Of this process's processor time."""

LONGEST_TEXT = 50_000
"""Letters of one cell or paragraph; Excel itself allows 32 767."""

ROW, PARAGRAPH, PART = 10, 5, 100
"""What costs more than a cell, in cells, and more than an element, in elements."""

# A run of letters that may be marks; composing one takes the square of its length.
_MARKS = re.compile("[^\0-\u02ff\u1e00-\u1eff\u2000-\u20cf\u2100-\uabff\uac00-\ud7a3]{31,}")
# Units of any kind between two looks at the clock.
_STEP = 2_000


class Budget:
    """What is unspent of the amounts above for the file ``path``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._size, self._elements = SIZE, ELEMENTS
        self._cells, self._letters = CELLS, LETTERS
        self._until = time.process_time() + SECONDS
        self._step = _STEP

    def spend(self, *, size: int = 0, elements: int = 0, cells: int = 0, letters: int = 0) -> None:
        """Take what some work costs, before or while it is done; raises UserError at the end."""
        self._size -= size
        self._elements -= elements
        self._cells -= cells
        self._letters -= letters
        self._step -= 1 + elements + cells + (size + letters >> 5)
        if self._step < 0:
            self._step = _STEP
            self.check_clock()
        if min(self._size, self._elements, self._cells, self._letters) < 0:
            raise too_big_error(self.path)

    def check_clock(self) -> None:
        """Raise UserError where the time is over: asked by itself before what takes long."""
        if time.process_time() > self._until:
            raise too_big_error(self.path)

    def text(self, text: str) -> str:
        """Return ``text``, of one cell or paragraph, with its letters composed, and spend them.

        Raises UserError where no writing is so long, or has so many marks on one letter.
        """
        self.spend(letters=len(text))
        if len(text) > LONGEST_TEXT or any(map(_has_many_marks, _MARKS.findall(text))):
            raise too_big_error(self.path)
        return unicodedata.normalize("NFC", text)


def _has_many_marks(run: str) -> bool:
    """Tell whether 31 marks follow each other, more than UAX #15 lets any writing have."""
    length = 0
    for letter in run:
        length = length + 1 if unicodedata.combining(letter) else 0
        if length > 30:
            return True
    return False


def too_big_error(path: Path) -> UserError:
    """Return the refusal of a file that holds far more than a plan."""
    text = N_("%(path)s holds far more than a plan does; copy the plan into a new file")
    return UserError(text, params(path=path))
