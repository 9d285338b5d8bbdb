"""Make a short id for a unit that is new to a plan.

From the unit's name, in letters that anybody can type, and different from those that are
taken.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Container

from parplan.text import fold

_LONGEST_ID = 40


def unit_id(name: str, taken: Container[str] = ()) -> str:
    """Return a short id for a unit called ``name``, which is none of ``taken``.

    >>> unit_id("Bộ phận Tư pháp – Hộ tịch"), unit_id("Tư pháp", {"tu-phap"}), unit_id("…")
    ('tu-phap-ho-tich', 'tu-phap-2', 'don-vi')
    """
    short = ""
    for word in re.findall("[a-z0-9]+", re.sub(r"^bo phan (?=\w)", "", fold(name))):
        longer = f"{short}-{word}" if short else word[:_LONGEST_ID]
        if len(longer) > _LONGEST_ID:
            break
        short = longer
    short = short or "don-vi"
    numbered = (f"{short}-{number}" for number in itertools.count(2))
    return next(name for name in itertools.chain([short], numbered) if name not in taken)
