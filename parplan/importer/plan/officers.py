"""Which people does a cell of the column of officers name?"""

from __future__ import annotations

import re

_BETWEEN_NAMES = re.compile(r"[,;\n&]|\s(?:và|[-–+])\s")
_NO_NAME = re.compile(r"[0-9:()]")
_LONGEST_NAME = 60


def officer_names(cell: str) -> list[str] | None:
    """Return the names in ``cell``, each once; None where it holds what is no name.

    >>> officer_names("Nguyễn Thị Lan; Trần Văn Ba")
    ['Nguyễn Thị Lan', 'Trần Văn Ba']
    >>> officer_names("theo Quyết định số 12")
    """
    pieces = (" ".join(piece.split()) for piece in _BETWEEN_NAMES.split(cell))
    names = [name for piece in pieces if (name := piece.strip(" -–+•*."))]
    if any(len(name) > _LONGEST_NAME or _NO_NAME.search(name) for name in names):
        return None
    return list(dict.fromkeys(names))
