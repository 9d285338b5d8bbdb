"""A calendar read by the rules of RFC 5545, written from its text and not from a library.

``read`` asserts what the format demands of every file: lines, folding, escaping, grammar,
and the properties that each component must, may and may not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_LINE = re.compile(  # 3.1: name, parameters, value
    r'(?P<name>[A-Za-z0-9-]+)(?P<params>(?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(?P<value>.*)'
)
_FORBIDDEN = re.compile("[\x00-\x08\x0a-\x1f\x7f]")
_TEXTS = {"SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME"}
_MUST = {
    "VCALENDAR": {"VERSION", "PRODID"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART"},
    "VTODO": {"UID", "DTSTAMP", "DUE"},
    "VALARM": {"ACTION", "TRIGGER", "DESCRIPTION"},
}
_MAY = {
    "VCALENDAR": {"CALSCALE", "NAME", "X-WR-CALNAME"},
    "VEVENT": {
        *("DTEND", "SUMMARY", "DESCRIPTION", "STATUS", "SEQUENCE", "LAST-MODIFIED"),
        *("CATEGORIES", "TRANSP"),
    },
    "VTODO": {
        *("SUMMARY", "DESCRIPTION", "STATUS", "SEQUENCE", "LAST-MODIFIED", "CATEGORIES"),
        *("PERCENT-COMPLETE", "COMPLETED"),
    },
    "VALARM": set(),
}
_INSIDE = {"VEVENT": "VCALENDAR", "VTODO": "VCALENDAR", "VALARM": ("VEVENT", "VTODO")}
_SHAPES = {
    "DTSTART": r";VALUE=DATE:\d{8}",
    "DTEND": r";VALUE=DATE:\d{8}",
    "DUE": r";VALUE=DATE:\d{8}",
    "DTSTAMP": r":\d{8}T\d{6}Z",
    "LAST-MODIFIED": r":\d{8}T\d{6}Z",
    "COMPLETED": r":\d{8}T\d{6}Z",
    "SEQUENCE": r":\d+",
    "PERCENT-COMPLETE": r":(100|\d\d?)",
    "TRANSP": r":TRANSPARENT",
    "TRIGGER": r"(;RELATED=END)?:-?P(\d+D)?(T(\d+H)?(\d+M)?)?",
    "UID": r":[0-9a-f-]{36}",
}
_STATES = {
    "VEVENT": {"CONFIRMED", "CANCELLED"},
    "VTODO": {"NEEDS-ACTION", "IN-PROCESS", "COMPLETED", "CANCELLED"},
}


@dataclass
class Part:
    """A component: its name, its properties, the components inside it."""

    name: str
    values: dict[str, str] = field(default_factory=dict)
    params: dict[str, str] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return the property ``name``, its escapes undone."""
        return unescaped(self.values[name])


def read(data: bytes) -> Part:
    """Return the calendar in ``data``; an AssertionError says what is wrong with it."""
    stack: list[Part] = []
    top: Part | None = None
    for line in _unfolded(data):
        found = _LINE.fullmatch(line)
        assert found, line
        name, value = found["name"].upper(), found["value"]
        if name == "BEGIN":
            part = Part(value)
            outer = _INSIDE.get(value, ())
            assert (stack[-1].name in outer) if stack else value == "VCALENDAR", line
            if stack:
                stack[-1].parts.append(part)
            stack.append(part)
        elif name == "END":
            top = stack.pop()
            assert top.name == value, line
            _check(top)
        else:
            assert name not in stack[-1].values, f"{name} twice in {stack[-1].name}"
            shape = _SHAPES.get(name)
            assert shape is None or re.fullmatch(shape, line[len(name) :]), line
            stack[-1].values[name] = value
            stack[-1].params[name] = found["params"]
    assert top is not None
    assert not stack
    assert top.parts, "3.6: a calendar holds at least one component"
    return top


def _unfolded(data: bytes) -> Iterator[str]:
    """Yield the content lines; 3.1: CRLF ends, 75 octets at most, no character cut in two."""
    *lines, last = data.split(b"\r\n")
    assert last == b""
    held = ""
    for raw in lines:
        assert len(raw) <= 75, raw
        line = raw.decode("utf-8")  # strictly: a line holds whole characters
        assert not _FORBIDDEN.search(line), raw
        if line.startswith((" ", "\t")):
            held += line[1:]
        else:
            if held:
                yield held
            held = line
    yield held


def _check(part: Part) -> None:
    names = set(part.values)
    assert _MUST[part.name] <= names <= _MUST[part.name] | _MAY[part.name], names
    for name in _TEXTS & names:  # 3.3.11: what must be escaped is
        assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", part.values[name]), part.values[name]
        assert not re.search(r"(?<!\\)(?:\\\\)*\\[^\\;,nN]", part.values[name])
    if "STATUS" in names:
        assert part.values["STATUS"] in _STATES[part.name]
    if part.name == "VTODO":  # 3.8.6.3: without a start, only the end can be counted from
        assert all(one.params["TRIGGER"] == ";RELATED=END" for one in part.parts)
    if "DTEND" in names:
        assert part.values["DTSTART"] < part.values["DTEND"]


def unescaped(value: str) -> str:
    r"""Return the TEXT ``value`` as it was meant: ``\n``, ``\,``, ``\;`` and ``\\`` undone."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)
