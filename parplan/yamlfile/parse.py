"""Reads strict YAML: the plain data of a text, and where each value stands.

The strict subset that a plan needs: mappings with text keys, lists, and YAML 1.2
scalars (a date stays text; a decimal number is exact).  Repeated keys, aliases,
tags and deep nesting are problems with a place.  One walk over libyaml's events
serves both: ``load_yaml`` keeps the data, ``find_places`` the positions.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from parplan.problem import N_, DataPath, Location, Problem, params

PlainData: TypeAlias = Any
"""Text, int, Decimal, bool, None, or a list or dict of these."""

MAX_DEPTH = 40
"""Levels of nesting; libyaml's own reader overruns the C stack at some ten thousand."""

# Bounded, because Python refuses integers of thousands of digits, and takes long over them.
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?(?:[0-9]{1,18}\.[0-9]{0,18}|\.[0-9]{1,18})")
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# Truth values of YAML 1.1 that PyYAML leaves out, and numbers that only YAML 1.2 has.
_MORE = re.compile(r"[yYnN]|0o[0-7]+|[-+]?[0-9._]+(?:[eE][-+]?[0-9]+)?")
_NOT_PRINTABLE = yaml.reader.Reader.NON_PRINTABLE
_NUMBER_STARTS = frozenset("0123456789+-.")

Fault: TypeAlias = Literal["too-deep", "bad-start", "tab", "other"]

_FAULTS: Mapping[str, Fault] = {
    "nesting depth": "too-deep",
    "character that cannot start any token": "bad-start",
    "found a tab": "tab",
}
"""What a fault of the text is, by words in what libyaml and PyYAML say: they give no code.

libyaml says "nesting depth" from 0.2.6 on where brackets nest in thousands.  It looks ahead for
keys, so it refuses before the walk comes to ``MAX_DEPTH``; PyYAML's reader in Python has no such
bound, and the walk over its events ends where it should.
"""

_LOADER: type[yaml.CSafeLoader] | type[yaml.SafeLoader] = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)

# What libyaml says most often about a text that people type, for the catalogues.
_SYNTAX = (
    N_("mapping values are not allowed in this context"),
    N_("could not find expected ':'"),
    N_("did not find expected key"),
    N_("did not find expected '-' indicator"),
    N_("did not find expected ',' or ']'"),
    N_("did not find expected ',' or '}'"),
    N_("did not find expected node content"),
    N_("did not find expected <document start>"),
    N_("did not find expected alphabetic or numeric character"),
    N_("did not find expected hexdecimal number"),
    N_("did not find expected comment or line break"),
    N_("did not find expected whitespace or line break"),
    N_("found unexpected end of stream"),
    N_("found unexpected document indicator"),
    N_("found unknown escape character"),
    N_("block sequence entries are not allowed in this context"),
    N_("mapping keys are not allowed in this context"),
    N_("control characters are not allowed"),
    N_("unexpected end of text"),
)


class YamlError(Exception):
    """Carries the ``Problem`` that stopped the reading."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem


class Places:
    """Where each value and each key of a text stands."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.values: dict[DataPath, tuple[int, int]] = {}
        self.keys: dict[DataPath, tuple[int, int]] = {}
        self.ends: dict[DataPath, tuple[int, int]] = {}
        """Where a value ends: behind its last letter or bracket, or where the next thing begins."""

    def note(self, data_path: DataPath, value: Any, key: Any) -> None:
        """Note where the event ``value``, and the event ``key`` before it, stand."""
        self.values[data_path] = (value.start_mark.line, value.start_mark.column)
        if type(value) is ScalarEvent and value.end_mark is not None:
            self.ends[data_path] = (value.end_mark.line, value.end_mark.column)
        if key is not None:
            self.keys[data_path] = (key.start_mark.line, key.start_mark.column)

    def find(self, data_path: DataPath, *, at_key: bool = False) -> Location:
        """Return the place of ``data_path``, or of the nearest block around it."""
        spots = self.keys if at_key else self.values
        while data_path and data_path not in spots:
            data_path = data_path[:-1]
            spots = self.values
        line, column = spots.get(data_path, (0, 0))
        return Location(self.path, line + 1, column + 1)


def load_yaml(path: str, text: str) -> PlainData:
    """Return the data of ``text``; ``path`` is for the problems' places.

    Raises YamlError at the first thing that is not strict YAML.
    """
    return _Parser(path, text, None).document()


def load_with_places(text: str) -> tuple[PlainData, Places]:
    """Return the data of ``text`` and where everything in it stands; raises as ``load_yaml``."""
    places = Places("")
    return _Parser("", text, places).document(), places


def find_places(path: str, text: str) -> Places:
    """Return where everything in ``text`` stands, as far as it can be read."""
    places = Places(path)
    with contextlib.suppress(YamlError):  # what stands before a fault is known all the same
        _Parser(path, text, places).document()
    return places


class _Parser:
    """One pass over the events of a text."""

    def __init__(self, path: str, text: str, places: Places | None) -> None:
        self.path = path
        self.text = text
        self.places = places

    def document(self, loader: Any = _LOADER) -> PlainData:
        try:
            events = iter(yaml.parse(self.text, Loader=loader))
            for event in events:
                if type(event) is DocumentStartEvent:
                    data = self._node(next(events), events, (), 0)
                    self._nothing_follows(events)
                    return data
            return None
        except yaml.MarkedYAMLError as error:
            # Read once more in Python, to name the place where the nesting is too deep.
            if loader is not yaml.SafeLoader and _fault(error) == "too-deep":
                return self.document(yaml.SafeLoader)
            raise YamlError(self._syntax_problem(error)) from error
        except yaml.reader.ReaderError as error:
            raise YamlError(self._forbidden_character()) from error

    def _nothing_follows(self, events: Iterator[Any]) -> None:
        for event in events:
            if type(event) is DocumentStartEvent:
                raise self._error(event, "not-yaml", N_("a second document begins here ('---')"))

    def _node(
        self, event: Any, events: Iterator[Any], path: DataPath, depth: int, key: Any = None
    ) -> PlainData:
        if self.places is not None:
            self.places.note(path, event, key)
        kind = type(event)
        if kind is AliasEvent or event.anchor is not None or (event.tag and event.tag != "!"):
            text = N_(
                "anchors (&), aliases (*) and tags (!) are not allowed; write the value itself"
            )
            raise self._error(event, "alias", text)
        if kind is ScalarEvent:
            # A quoted scalar is text, whatever it looks like: "08" keeps its zero.
            return event.value if event.style else _scalar(event.value)
        if depth == MAX_DEPTH:
            raise self._error(
                event, "too-deep", N_("nested deeper than %(depth)s levels"), depth=MAX_DEPTH
            )
        if kind is MappingStartEvent:
            return self._mapping(events, path, depth)
        return self._sequence(events, path, depth)

    def _sequence(self, events: Iterator[Any], path: DataPath, depth: int) -> list[PlainData]:
        items: list[PlainData] = []
        for event in events:
            if type(event) is SequenceEndEvent:
                self._ends(path, event)
                break
            items.append(self._node(event, events, (*path, len(items)), depth + 1))
        return items

    def _mapping(self, events: Iterator[Any], path: DataPath, depth: int) -> dict[str, PlainData]:
        mapping: dict[str, PlainData] = {}
        for event in events:
            if type(event) is MappingEndEvent:
                self._ends(path, event)
                break
            key = self._key(event, mapping)
            mapping[key] = self._node(next(events), events, (*path, key), depth + 1, event)
        return mapping

    def _ends(self, path: DataPath, event: Any) -> None:
        if self.places is not None:
            self.places.ends[path] = (event.end_mark.line, event.end_mark.column)

    def _key(self, event: Any, mapping: dict[str, PlainData]) -> str:
        if type(event) is not ScalarEvent or event.anchor or event.tag:
            raise self._error(event, "not-yaml", N_("a key must be plain text"))
        key: str = event.value
        if key in mapping:
            text = N_("key '%(key)s' is written twice")
            raise self._error(event, "repeated-key", text, key=key)
        return key

    def _error(self, event: Any, code: str, text: str, **values: object) -> YamlError:
        mark: yaml.Mark = event.start_mark
        where = Location(self.path, mark.line + 1, mark.column + 1)
        return YamlError(Problem(where, code, text, params(**values)))

    def _syntax_problem(self, error: yaml.MarkedYAMLError) -> Problem:
        mark = error.problem_mark or error.context_mark
        if mark is None:
            return Problem(Location(self.path), "not-yaml", N_("unexpected end of text"))
        where = Location(self.path, mark.line + 1, mark.column + 1)
        # These two say nothing to a clerk: a tab that indents, or a text that begins with @ or %.
        fault = _fault(error)
        if fault == "bad-start":
            return self._bad_start(where, self.text[mark.index : mark.index + 1])
        if fault == "tab":
            return self._bad_start(where, "\t")
        return Problem(where, "not-yaml", str(error.problem or N_("unexpected end of text")))

    def _forbidden_character(self) -> Problem:
        # libyaml counts bytes here, so the place is looked for in the text itself.
        match = _NOT_PRINTABLE.search(self.text)
        before = self.text[: match.start() if match else 0]
        where = Location(self.path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        return Problem(where, "not-yaml", N_("control characters are not allowed"))

    def _bad_start(self, where: Location, character: str) -> Problem:
        if character == "\t":
            return Problem(where, "tab", N_("a tab is used to indent; use spaces"))
        text = N_("text cannot begin with '%(character)s'; put it in quotes")
        return Problem(where, "not-yaml", text, params(character=character))


def _fault(error: yaml.MarkedYAMLError) -> Fault:
    message = str(error.problem)
    return next((fault for words, fault in _FAULTS.items() if words in message), "other")


def means_more(text: str) -> bool:
    """Tell whether ``text`` without quotes may be no text to another reader of YAML 1.1 or 1.2.

    'no' is false and '12:30' is 750 in YAML 1.1, '1e3' is a number in 1.2.  A date is one to all.
    """
    if _MORE.fullmatch(text):
        return True
    rules = yaml.SafeLoader.yaml_implicit_resolvers.get(text[:1], ())
    return any(rule.match(text) for tag, rule in rules if not tag.endswith(":timestamp"))


def _scalar(text: str) -> PlainData:
    """Return the YAML 1.2 meaning of an unquoted scalar; octal, hex and floats stay text."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMBER_STARTS:
        if _INT.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
    return text
