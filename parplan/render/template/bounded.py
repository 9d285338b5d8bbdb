"""What may a template do?

Templates are data from people.  Jinja's sandbox keeps them from Python; this keeps them
inside their folders, and from expressions of ten letters, loops and macros that take all
memory or for ever: whatever they make and repeat is paid for from a ``Budget``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import FunctionType
from typing import Any, TypeAlias, cast

from jinja2 import Environment, FileSystemLoader, TemplateNotFound, nodes
from jinja2.exceptions import SecurityError
from jinja2.filters import make_attrgetter
from jinja2.loaders import split_template_path
from jinja2.runtime import Context, LoopContext, Macro, markup_join
from jinja2.sandbox import ImmutableSandboxedEnvironment

from parplan.i18n import fill
from parplan.problem import N_, gaps
from parplan.render.template import budget, paying

Functions: TypeAlias = Mapping[str, Callable[..., Any]]

_MOST = 10_000
"""Numbers above this are no widths or counts that a document needs."""

_LARGEST_FILE = 1_000_000
"""Bytes of a template; parplan's own have some 20 000."""

_WIDE = re.compile(r"[0-9]{5}|\*|:[^:{}]*\{")
_COUNTING = ("batch", "center", "format", "indent", "round", "slice")
_UNSAFE = ("attr", "pprint", "striptags", "urlize", "wordwrap", "xmlattr")
"""Filters that no document needs, and that make much or take long by what they are given."""

_OF_LISTS = {
    *("batch", "count", "default", "d", "dictsort", "first", "groupby", "items", "last", "length"),
    *("list", "map", "max", "min", "random", "reject", "rejectattr", "reverse", "select"),
    *("selectattr", "slice", "sort", "sum", "unique"),
}
"""Filters that make no text of what they are given."""


class Inside(FileSystemLoader):
    """A loader that no link leads out of its folders."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Any]:
        """Return the template's text; raises TemplateNotFound where it lies elsewhere."""
        pieces = split_template_path(template)
        if any(_size(Path(folder, *pieces)) > _LARGEST_FILE for folder in self.searchpath):
            text = N_("%(name)s is too large for a template")
            raise SecurityError(fill(text, gaps(name=template)))
        source = super().get_source(environment, template)
        real = Path(source[1]).resolve()
        if not any(real.is_relative_to(Path(one).resolve()) for one in self.searchpath):
            raise TemplateNotFound(template)
        text, name, is_fresh = source
        return text.removeprefix("\ufeff"), name, is_fresh


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (OSError, ValueError):  # not there, or no name that a file can have
        return 0


class Sandbox(ImmutableSandboxedEnvironment):
    """A sandbox for one filling, in which each expression stays small and all ends in time."""

    code_generator_class = paying.GENERATOR
    intercepted_binops = frozenset(["**", "*", "+", "%"])

    def __init__(self, finalize: Callable[[object], object], **options: Any) -> None:
        self.budget = budget.Budget()
        # Nothing is worked out while compiling, where it would be paid for once only.
        super().__init__(finalize=self._paid(finalize), optimized=False, **options)
        for name in _UNSAFE:
            del self.filters[name]
        self.add_filters(self.filters, _OF_LISTS)
        self.tests |= {
            name: self._counted(name, cast("Any", one)) for name, one in self.tests.items()
        }

    def add_filters(self, filters: Functions, of_lists: Collection[str]) -> None:
        """Let templates use ``filters``; all but those ``of_lists`` write what they are given."""
        self.filters |= {
            name: self._counted(name, one, writes=name not in of_lists)
            for name, one in filters.items()
        }

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        paying.put_prices(template)
        return template

    def _paid(self, finalize: Callable[[object], object]) -> Callable[..., object]:
        def write(value: object) -> object:
            if not isinstance(value, str):
                budget.weight(value, as_text=True)
            made = finalize(value)
            self.budget.spend(budget.VALUE + len(str(made)))
            return made

        return write

    def joined(self, parts: Sequence[Any]) -> str:
        """Return ``parts`` as one text, as ``~`` wants it."""
        self.budget.spend(budget.weight(parts, as_text=True))
        return markup_join(parts)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return what ``operator`` gives; raises SecurityError where that could be huge."""
        if operator == "**":
            raise SecurityError(f"{operator} is not allowed")
        if operator == "*":
            budget.repeated(left, right)
        if operator == "%" and isinstance(left, str):
            _narrow(left)
            budget.reckon("format", left, [right], {})
        return self.budget.take(super().call_binop(context, operator, left, right))

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Return the safe form of the method ``format`` of a text, None for anything else."""
        found = super().wrap_str_format(value)
        if found is None:
            return None
        text = value.__self__
        _narrow(text)

        @functools.wraps(found)
        def narrow(*args: Any, **kwargs: Any) -> str:
            budget.reckon("format", text, args, kwargs)
            return found(*args, **kwargs)

        return narrow

    def call(self, context: Context, called: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call ``called`` unless it is not safe, makes too much, or counts too far.

        What belongs to a report may be given any number: a plan can have 100 000 tasks.
        """
        text = getattr(called, "__self__", None)
        given = {name: one for name, one in kwargs.items() if not name.startswith("_")}
        if isinstance(text, str | bytes | int | Sequence):
            _small(args, given)
        if isinstance(text, str | bytes):
            args = tuple(map(self._listed, args))
            budget.reckon(called.__name__, text, args, given)
        elif isinstance(called, FunctionType):
            budget.reckon("", "", args, given)
        found = super().call(context, called, *args, **kwargs)
        return found if isinstance(called, Macro) else self.budget.take(found)

    def _counted(
        self, name: str, used: Callable[..., Any], *, writes: bool = False
    ) -> Callable[..., Any]:
        """Return the filter or test ``used``, paid for by what it is given and what it makes."""
        place = int(hasattr(used, "jinja_pass_arg"))

        @functools.wraps(used)  # with the marks by which Jinja knows what to pass
        def counted(*args: Any, **kwargs: Any) -> Any:
            own, given = args[:place], tuple(map(self._listed, args[place:]))
            given, kwargs = self._reckoned(name, given, kwargs, writes)
            for one in given:
                if isinstance(one, str | bytes | list | tuple | dict | set):
                    self.budget.spend(len(one))
            return self.budget.take(used(*own, *given, **kwargs))

        return counted

    def _reckoned(
        self, name: str, given: tuple[Any, ...], kwargs: dict[str, Any], writes: bool
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return the arguments of a filter; raises SecurityError where it would make too much."""
        if name in _COUNTING:
            _small(given, kwargs)
        if name == "format" and given:
            _narrow(str(given[0]))
        if name == "join" and given:
            given, kwargs = self._plain_join(*given, **kwargs)
            budget.reckon(name, given[1], given[:1], {})
        elif name == "sum" and not _is_of_numbers(*given[1:], **kwargs):
            raise SecurityError(fill(N_("only numbers can be summed up"), ()))
        elif writes and given:
            budget.reckon(name, given[0], given[1:], kwargs)
        return given, kwargs

    def _listed(self, value: Any) -> Any:
        """Return ``value``, as a list where it could be read only once."""
        if isinstance(value, Iterator) and not isinstance(value, LoopContext):
            return self.budget.take(list(value))
        return value

    def _plain_join(
        self, value: Any, d: str = "", attribute: Any = None
    ) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """Return the arguments of ``join`` with the parts that it joins."""
        if attribute is not None:
            value = list(map(make_attrgetter(self, attribute), value))
        return (value, d), {}


def _is_of_numbers(attribute: object = None, start: object = 0) -> bool:
    return isinstance(start, int | float | Decimal)


def _small(args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
    for one in (*args, *kwargs.values()):
        if isinstance(one, int):
            budget.bound(one, _MOST)


def _narrow(form: str) -> None:
    if _WIDE.search(form):
        raise SecurityError(fill(N_("a width in this format is too large"), ()))
