"""What short name does a unit get that is new to a plan?

From its name, in letters that anybody can type, and different from those that are taken.
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
    found = ""
    for word in re.findall("[a-z0-9]+", re.sub(r"^bo phan (?=\w)", "", fold(name))):
        longer = f"{found}-{word}" if found else word[:_LONGEST_ID]
        if len(longer) > _LONGEST_ID:
            break
        found = longer
    found = found or "don-vi"
    numbered = (f"{found}-{number}" for number in itertools.count(2))
    return next(one for one in itertools.chain([found], numbered) if one not in taken)
