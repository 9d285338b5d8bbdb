"""Text from a Jinja template, the workspace's before parplan's own.

Templates are data from people: they run in Jinja's sandbox, a name that the
context lacks is an error and not an empty place, and a mistake names its file and
line.  Every value is written as text that Markdown shows as it is, unless a filter
says otherwise.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from markupsafe import Markup

from parplan import store
from parplan.i18n import date, fill, period_name
from parplan.journal import Evidence
from parplan.problem import N_, Refusal, gaps
from parplan.render import words
from parplan.render.markdown import BREAK
from parplan.render.markdown import text as markdown_text
from parplan.text import escape_json

if TYPE_CHECKING:
    from jinja2 import Environment

MISSING = "cần bổ sung"
"""How a place that the clerk must fill begins: ``[cần bổ sung: …]``."""


class Raw(Markup):
    """Text that is Markdown already; what is joined to it is written as text."""

    @classmethod
    def escape(cls, s: Any, /) -> Raw:
        """Return ``s`` as Markdown that shows it as it is."""
        return cls(s) if isinstance(s, Markup) else cls(markdown_text(_plain(s)))


def render(name: str, context: Mapping[str, object], folder: Path | None = None) -> str:
    """Return the template ``name`` filled with ``context``.

    ``folder`` is the workspace's template folder, which goes before the packaged one.
    Raises Refusal with the place of the mistake when the template cannot be used.
    """
    import jinja2

    environment = _environment(folder)
    try:
        return environment.get_template(name).render(context)
    except jinja2.TemplateNotFound as error:
        if error.name != name:  # one that another includes
            said = fill(N_("no template %(name)s"), gaps(name=error.name))
            raise _mistake(_line_of(error, name), said) from error
        raise Refusal(N_("no template %(name)s"), gaps(name=name)) from error
    except jinja2.TemplateSyntaxError as error:
        place = f"{_shown(error.filename or name)}:{error.lineno}"
        raise _mistake(place, str(error.message)) from error
    except (
        jinja2.TemplateError,
        ArithmeticError,
        TypeError,
        ValueError,
        LookupError,
        AttributeError,
        RecursionError,
        MemoryError,
        SyntaxError,  # blocks nested deeper than Python's compiler takes
    ) as error:
        raise _mistake(_line_of(error, name), str(error)) from error


def _mistake(place: str, message: str) -> Refusal:
    text = N_("%(place)s: the template has a mistake: %(message)s")
    return Refusal(text, gaps(place=place, message=message))


def _shown(path: str) -> str:
    return "/".join(Path(path).parts[-2:])


def _line_of(error: BaseException, name: str) -> str:
    """Return the template's line in which ``error`` arose: Jinja puts it into the traceback."""
    place, trace = name, error.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.endswith(".j2") or file == "<template>":
            place = f"{_shown(file)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _environment(folder: Path | None) -> Environment:
    from jinja2 import FileSystemLoader, StrictUndefined, TemplateNotFound
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Inside(FileSystemLoader):
        """A loader that no link leads out of its folders."""

        def get_source(self, environment: Environment, template: str) -> tuple[str, str, Any]:
            found = super().get_source(environment, template)
            real = Path(found[1]).resolve()
            if not any(real.is_relative_to(Path(one).resolve()) for one in self.searchpath):
                raise TemplateNotFound(template)
            return found

    class Sandbox(ImmutableSandboxedEnvironment):
        """A sandbox without the power that ten letters could make run for ever."""

        intercepted_binops = frozenset(["**"])

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            raise SecurityError(f"{operator} is not allowed")

    folders = [folder] if folder else []
    environment = Sandbox(
        loader=Inside([*folders, store.packaged("templates")]),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,  # what is Markdown already, macros too, is Markup: see _finalize
        finalize=_finalize,
    )
    environment.filters.update(FILTERS)
    environment.globals.clear()  # no range, no lipsum
    environment.globals["missing"] = missing
    environment.globals["br"] = Raw(BREAK)
    return environment


def _finalize(value: object) -> Markup:
    if isinstance(value, Markup):
        return value
    return Markup("" if value is None else markdown_text(_plain(value)))


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return date(value)
    if isinstance(value, Decimal):
        return words.number(str(value))
    return str(value)


def missing(what: str) -> Raw:
    """Return the mark of a place that the clerk must fill."""
    return Raw(f"[{MISSING}: {markdown_text(what)}]")


def _yaml(value: Any) -> Markup:
    return Markup(escape_json(msgspec.json.encode(value).decode()))


def _long_date(day: dt.date) -> str:
    """Return the date as documents write it (Nghị định 30/2020, Phụ lục I, mục II.4)."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def _evidence(given: Iterable[Evidence]) -> str:
    return words.evidence(given)


def _sentence(text: str) -> str:
    """Return ``text`` as a sentence: capital first, full stop last."""
    text = re.sub(r"\s+$", "", text)
    ended = text if text.endswith((".", "!", "?", "…", ":", ";")) else f"{text}."
    return ended[:1].upper() + ended[1:]


def _full_name(body: str) -> str:
    """Return the name of a body written out: 'UBND phường …' is 'Ủy ban nhân dân phường …'."""
    return re.sub(r"^UBND\b", "Ủy ban nhân dân", body)


FILTERS = {
    "yaml": _yaml,
    "long_date": _long_date,
    "period": period_name,
    "state": words.state,
    "timing": words.timing,
    "target": words.target,
    "evidence": _evidence,
    "sentence": _sentence,
    "full_name": _full_name,
    "lower_first": lambda text: text[:1].lower() + text[1:],
}
"""What templates can apply to a value; documented in docs/templates.md."""
