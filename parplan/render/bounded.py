"""What may a template do?

Templates are data from people.  Jinja's sandbox keeps them from Python; this keeps them
inside their folders, and from expressions of ten letters that take all memory or for ever.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, TemplateNotFound
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

_MOST = 10_000
"""Numbers above this are no widths or counts that a document needs."""

_LONGEST = 1_000_000
"""What one expression may make: characters of a text, items of a list."""

_WIDE = re.compile(r"[0-9]{5}|\*|:[^{}]*\{")
_COUNTING = ("batch", "center", "format", "indent", "slice")


class Inside(FileSystemLoader):
    """A loader that no link leads out of its folders."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Any]:
        """Return the template's text; raises TemplateNotFound where it lies elsewhere."""
        found = super().get_source(environment, template)
        real = Path(found[1]).resolve()
        if not any(real.is_relative_to(Path(one).resolve()) for one in self.searchpath):
            raise TemplateNotFound(template)
        text, name, is_fresh = found
        return text.removeprefix("\ufeff"), name, is_fresh


class Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox in which each expression stays small."""

    intercepted_binops = frozenset(["**", "*", "+", "%"])

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.filters |= {name: _counted(self.filters[name]) for name in _COUNTING}

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return what ``operator`` gives; raises SecurityError where that could be huge."""
        if operator == "**":
            raise SecurityError(f"{operator} is not allowed")
        if operator == "*":
            for one, times in ((left, right), (right, left)):
                if isinstance(one, Sequence) and isinstance(times, int):
                    _bound(len(one) * times, _LONGEST)
        if operator == "%" and isinstance(left, str):
            _narrow(left)
        found = super().call_binop(context, operator, left, right)
        if isinstance(found, Sequence):
            _bound(len(found), _LONGEST)
        return found

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Return the safe form of the method ``format`` of a text, None for anything else."""
        found = super().wrap_str_format(value)
        if found is not None:
            _narrow(value.__self__)
        return found

    def call(self, context: Context, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call ``called`` unless it is not safe or counts to a number that no document needs.

        What belongs to a report may be given any number: a plan can have 100 000 tasks.
        """
        if isinstance(getattr(called, "__self__", None), str | bytes | int | Sequence):
            _small(args, kwargs)
        return super().call(context, called, *args, **kwargs)


def _counted(filter_: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(filter_)  # with the marks by which Jinja knows what to pass
    def bounded(*args: Any, **kwargs: Any) -> Any:
        _small(args, kwargs)
        if filter_.__name__ == "do_format" and args:
            _narrow(str(args[0]))
        return filter_(*args, **kwargs)

    return bounded


def _small(args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
    for one in (*args, *kwargs.values()):
        if isinstance(one, int):
            _bound(one, _MOST)


def _narrow(form: str) -> None:
    if _WIDE.search(form):
        raise SecurityError("a width in this format is too large")


def _bound(number: int, most: int) -> None:
    if number > most:
        raise SecurityError(f"{number} is more than {most}")
