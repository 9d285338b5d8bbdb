"""Finds every fault of plain data that should fit a model.

msgspec stops at the first fault and speaks English.  When it refuses, this walk
over the same types finds every fault, each with its path, in marked sentences.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec
from msgspec import inspect

from parplan.problem import N_, Contradiction, DataPath, Finding, Marked, params

_MISSHAPEN = N_("'%(value)s' is not written as it should be; see the format reference")
"""Said of a text that has another form; a field says its own by ``Meta(extra={"form": …})``."""

_SHOWN = 40
"""Columns of a wrong value that a message repeats."""


def validate_data(
    data: Any,
    model: type[msgspec.Struct],
    tag: Callable[[Any], str | None],
    no_kind: str,
) -> list[Finding]:
    """Return every reason why ``data`` is no ``model``.

    ``tag`` names the kind of a block where the model allows several, or None; then
    ``no_kind`` says how the kinds begin.  A key with nothing after it counts as absent
    where it may be absent, and is taken out of ``data``.
    """
    return list(_Validator(tag, no_kind).node(data, inspect.type_info(model), ()))


def nearest(word: str, words: list[str]) -> str:
    """Return the one of ``words`` that ``word`` is nearly, or an empty text."""
    return next(iter(difflib.get_close_matches(word, words, n=1, cutoff=0.6)), "")


class _Validator:
    def __init__(self, tag: Callable[[Any], str | None], no_kind: str) -> None:
        self.tag = tag
        self.no_kind = no_kind

    def node(self, data: Any, kind: inspect.Type, path: DataPath) -> Iterator[Finding]:
        if isinstance(kind, inspect.Metadata):
            form = (kind.extra or {}).get("form", _MISSHAPEN)
            for finding in self.node(data, kind.type, path):
                is_form = finding.text == _MISSHAPEN
                yield msgspec.structs.replace(finding, text=form) if is_form else finding
        elif isinstance(kind, inspect.UnionType):
            yield from self._union(data, kind, path)
        elif isinstance(kind, inspect.StructType):
            yield from self._struct(data, kind, path)
        elif isinstance(kind, inspect.ListType | inspect.VarTupleType):
            yield from self._list(data, kind, path)
        else:
            yield from _LEAVES[type(kind)](data, kind, path)

    def _union(self, data: Any, kind: inspect.UnionType, path: DataPath) -> Iterator[Finding]:
        if data is None and kind.includes_none:
            return
        choices = [
            _bare(choice) for choice in kind.types if not isinstance(choice, inspect.NoneType)
        ]
        if len(choices) == 1:
            yield from self.node(data, choices[0], path)
            return
        if not isinstance(data, dict):
            yield _wrong_type(path, data, N_("a block of 'key: value' lines"))
            return
        tag = self.tag(data)
        for choice in choices:
            if isinstance(choice, inspect.StructType) and choice.tag == tag:
                yield from self._struct(data, choice, path)
                return
        yield from _no_kind(data, choices, path, self.no_kind)

    def _struct(self, data: Any, kind: inspect.StructType, path: DataPath) -> Iterator[Finding]:
        if not isinstance(data, dict):
            yield _wrong_type(path, data, N_("a block of 'key: value' lines"))
            return
        fields = {field.encode_name: field for field in kind.fields}
        faults = list(_unknown_keys(data, kind, list(fields), path))
        for name, field in fields.items():
            if data.get(name) is None:
                if field.required:
                    text = N_("'%(key)s' is missing")
                    faults.append(Finding(path, "missing-key", text, params(key=name)))
                else:
                    data.pop(name, None)
            else:
                faults += self.node(data[name], field.type, (*path, name))
        yield from faults
        if not faults:
            yield from _contradiction(data, kind, path)

    def _list(
        self, data: Any, kind: inspect.ListType | inspect.VarTupleType, path: DataPath
    ) -> Iterator[Finding]:
        if not isinstance(data, list):
            yield _wrong_type(path, data, N_("a list of '- …' lines"))
            return
        if kind.min_length and len(data) < kind.min_length:
            yield Finding(path, "out-of-range", N_("this list must not be empty"))
        for index, item in enumerate(data):
            yield from self.node(item, kind.item_type, (*path, index))


def _bare(kind: inspect.Type) -> inspect.Type:
    return kind.type if isinstance(kind, inspect.Metadata) else kind


def _no_kind(
    data: dict[str, Any], choices: list[inspect.Type], path: DataPath, message: str
) -> Iterator[Finding]:
    keys = {
        field.encode_name
        for choice in choices
        if isinstance(choice, inspect.StructType)
        for field in choice.fields
    }
    mistyped = [key for key in data if key not in keys and nearest(key, sorted(keys))]
    for key in mistyped:
        yield _unknown_key(path, key, sorted(keys))
    # "by:2025-06-30" is one key to YAML, which no model knows.
    if any(":" in key for key in data):
        yield Finding(path, "bad-rule", N_("a space is missing after ':'"))
    elif not mistyped:
        yield Finding(path, "bad-rule", message)


def _unknown_keys(
    data: dict[str, Any], kind: inspect.StructType, keys: list[str], path: DataPath
) -> Iterator[Finding]:
    for key, value in data.items():
        its_tag = key == kind.tag_field and value == kind.tag
        if key not in keys and not its_tag:
            yield _unknown_key(path, key, keys)


def _unknown_key(path: DataPath, key: str, keys: list[str]) -> Finding:
    near = nearest(key, keys)
    text = (
        N_("unknown key '%(key)s'; did you mean '%(near)s'?")
        if near
        else N_("unknown key '%(key)s'")
    )
    return Finding(
        (*path, key), "unknown-key", text, params(key=_shortened(key), near=near), at_key=True
    )


def _contradiction(data: Any, kind: inspect.StructType, path: DataPath) -> Iterator[Finding]:
    try:
        msgspec.convert(data, kind.cls)
    except msgspec.ValidationError as error:
        if isinstance(error.__cause__, Contradiction):  # raised by the type when it was built
            cause = error.__cause__
            place = (*path, cause.key) if cause.key else path
            yield Finding(place, cause.code, cause.text)


def _wrong_type(path: DataPath, data: Any, expected: str) -> Finding:
    text = N_("'%(value)s' should be %(wanted)s")
    return Finding(
        path, "wrong-type", text, params(value=_shortened(data), wanted=Marked(expected))
    )


def _shortened(data: Any) -> str:
    if isinstance(data, dict):
        return "{…}"
    if isinstance(data, list):
        return "[…]"
    text = str(data).lower() if isinstance(data, bool) else "" if data is None else str(data)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _check_text(data: Any, kind: inspect.StrType, path: DataPath) -> Iterator[Finding]:
    if isinstance(data, int | Decimal) and not isinstance(data, bool):
        yield _wrong_type(path, data, N_("text; put it in quotes"))
    elif not isinstance(data, str):
        yield _wrong_type(path, data, N_("text"))
    elif kind.min_length and len(data) < kind.min_length:
        yield Finding(path, "out-of-range", N_("this text must not be empty"))
    elif kind.pattern and not re.search(kind.pattern, data):
        yield Finding(path, "out-of-range", _MISSHAPEN, params(value=_shortened(data)))


def _check_whole_number(data: Any, kind: inspect.IntType, path: DataPath) -> Iterator[Finding]:
    if isinstance(data, bool) or not isinstance(data, int):
        yield _wrong_type(path, data, N_("a whole number"))
    elif (kind.ge is not None and data < kind.ge) or (kind.le is not None and data > kind.le):
        text = N_("%(value)s is not between %(least)s and %(most)s")
        yield Finding(
            path, "out-of-range", text, params(value=_shortened(data), least=kind.ge, most=kind.le)
        )


def _check_boolean(data: Any, _kind: inspect.BoolType, path: DataPath) -> Iterator[Finding]:
    if not isinstance(data, bool):
        yield _wrong_type(path, data, N_("true or false"))


def _check_decimal(data: Any, kind: inspect.DecimalType, path: DataPath) -> Iterator[Finding]:
    try:
        if isinstance(data, bool) or not Decimal(data).is_finite():
            raise InvalidOperation
    except (InvalidOperation, TypeError, ValueError):
        yield _wrong_type(path, data, N_("a number"))


def _check_date(data: Any, kind: inspect.DateType, path: DataPath) -> Iterator[Finding]:
    try:
        # strptime also takes "2025-6-3" and digits of other scripts.
        if len(data) != len("2025-06-30") or not data.isascii():
            raise ValueError
        dt.datetime.strptime(data, "%Y-%m-%d")
    except (TypeError, ValueError):
        text = N_("'%(value)s' is no date; write it as 2025-06-30")
        yield Finding(path, "impossible-date", text, params(value=_shortened(data)))


def _check_choice(data: Any, kind: inspect.LiteralType, path: DataPath) -> Iterator[Finding]:
    if isinstance(data, list | dict) or not any(
        data == value and type(data) is type(value) for value in kind.values
    ):
        choices = [_shortened(value) for value in kind.values]
        text = N_("'%(value)s' is not one of: %(known)s")
        yield Finding(
            path, "not-one-of", text, params(value=_shortened(data), known=", ".join(choices))
        )


_LEAVES: dict[type[inspect.Type], Callable[..., Iterator[Finding]]] = {
    inspect.StrType: _check_text,
    inspect.IntType: _check_whole_number,
    inspect.BoolType: _check_boolean,
    inspect.DecimalType: _check_decimal,
    inspect.DateType: _check_date,
    inspect.LiteralType: _check_choice,
}
