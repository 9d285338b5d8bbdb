"""What every JSON answer begins with."""

from __future__ import annotations

import msgspec


class JsonAnswer(msgspec.Struct, frozen=True, tag_field="format", tag=1):
    """What ``--format json`` prints: one object, whose first key ``format`` is its version.

    Keys may be added without another ``format``; none is renamed or taken out within one.
    """
