"""How is a template filled, the workspace's before parplan's own?

Templates are data from people: they run in Jinja's sandbox, which lets them read no file
and run no code; a name that the context lacks is an error and not an empty place, and a
mistake names its file and line.  Nothing bounds how long one may run: it is the office's
own, and Ctrl-C ends it.  What a value looks like is the caller's matter (``OutputFormat``); every
value is escaped that is not marked as ready.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from parplan.i18n import Language, fill, language
from parplan.problem import N_, NOT_UTF8, Marked, UserError, params
from parplan.workspace import files
from parplan.workspace.workspace import packaged_file

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment


class OutputFormat(NamedTuple):
    """What the values of a template become: ``write`` turns each into text or ``Markup``."""

    write: Callable[[object], object]
    filters: Mapping[str, Callable[..., Any]]
    names: Mapping[str, object]


def render(
    name: str, context: Mapping[str, object], folder: Path | None, form: OutputFormat
) -> str:
    """Return the template ``name`` filled with ``context``.

    ``folder`` is the workspace's template folder, which goes before the packaged one.
    Raises UserError with the place of the mistake when the template cannot be used.
    """
    with _complaining(name):
        text = _environment(folder, form).get_template(name).render(context)
        text.encode()  # raises where a template made up half a character
        return text


def source(name: str, folder: Path | None) -> str:
    """Return the text of ``name``, which is no template but stands among them; else as above."""
    environment = _environment(folder, OutputFormat(str, {}, {}))
    with _complaining(name):
        assert environment.loader is not None
        return environment.loader.get_source(environment, name)[0]


@contextlib.contextmanager
def _complaining(name: str) -> Iterator[None]:
    """Turn whatever a template can do wrong into a UserError."""
    import jinja2

    try:
        yield
    except jinja2.TemplateNotFound as error:
        if error.name != name:  # one that another includes
            reason = fill(N_("no template %(name)s"), params(name=error.name))
            raise _mistake(_line_of(error, name), reason) from error
        raise UserError(N_("no template %(name)s"), params(name=name)) from error
    except jinja2.TemplateSyntaxError as error:
        place = f"{_shown(error.filename or name)}:{error.lineno}"
        raise _mistake(place, str(error.message)) from error
    except (
        jinja2.TemplateError,
        ArithmeticError,
        AssertionError,  # of Jinja's own filters
        TypeError,
        ValueError,
        LookupError,
        AttributeError,
        RecursionError,
        MemoryError,
        SyntaxError,  # blocks nested deeper than Python's compiler takes
    ) as error:
        message = str(error)
        if isinstance(error, MemoryError):
            message = Marked(N_("there is not enough memory for this"))
        elif isinstance(error, UnicodeError):
            message = Marked(NOT_UTF8)
        raise _mistake(_line_of(error, name), message) from error


def _mistake(place: str, message: str) -> UserError:
    text = N_("%(place)s: the template has a mistake: %(message)s")
    return UserError(text, params(place=place, message=message))


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


def _environment(folder: Path | None, form: OutputFormat) -> Environment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from parplan.render.template.loader import Inside

    folders = [files.inside(folder.parent, folder)] if folder else []
    environment = ImmutableSandboxedEnvironment(
        finalize=form.write,
        loader=Inside([*folders, packaged_file("templates")]),
        bytecode_cache=_compiled(form.write, frozenset(form.filters.items()), language()),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,  # what is ready, macros too, is Markup
    )
    environment.filters.update(form.filters)
    environment.globals.clear()  # no range, no lipsum
    environment.globals.update(form.names)
    return environment


@functools.cache
def _compiled(
    _write: Callable[[object], object],
    _filters: frozenset[tuple[str, Callable[..., Any]]],
    _language: Language,
) -> BytecodeCache:
    """Return what was compiled so far with that ``finalize``, filters and language.

    Jinja itself applies them to constants: ``{{ "upcoming" | letter }}`` is compiled as "C".
    """
    from parplan.render.template.loader import Compiled

    return Compiled()
