"""How does a command's function become the parameters that Click parses?

A command declares its arguments and options in its signature, with Typer's ``Argument``
and ``Option``.  They become Click's own classes here, not Typer's: those of Typer say their
texts in English alone, and import pydantic.  What no command needs is refused with a
TypeError, so that no part of a declaration is silently without effect.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import click
import typer
from click.shell_completion import CompletionItem
from typer.models import ArgumentInfo, OptionInfo, ParameterInfo

from parplan.i18n import _, optional

_PLAIN = {ArgumentInfo: vars(typer.Argument()), OptionInfo: vars(typer.Option())}
_UNDERSTOOD = {
    ArgumentInfo: {"autocompletion", "help", "metavar", "parser"},
    OptionInfo: {"autocompletion", "default", "help", "metavar", "param_decls", "parser"},
}


class Argument(click.Argument):
    """An argument that says in the help what it is."""

    def __init__(self, name: str, *, help: str | None, **rest: Any) -> None:
        super().__init__((name,), **rest)
        self.help = help  # Click takes it from 8.5 on

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Return the two columns of the help: how it is written, and what it is."""
        need = _("required")
        notes = (self.help, f"[{need}]" if self.required else None)
        return self.make_metavar(ctx), "  ".join(filter(None, notes))


def parameters(function: Callable[..., None]) -> list[click.Parameter]:
    """Return the parameters that the signature of ``function`` declares, their texts translated.

    One value is a str, or of the Click type that ``parser=`` names; a bool is a flag; a list
    takes several.  What may be left out has a default.  Raises TypeError for a declaration that
    is not understood.
    """
    hints = get_type_hints(function, include_extras=True)
    return [
        _parameter(param.name, hints.get(param.name), param.default)
        for param in inspect.signature(function).parameters.values()
    ]


def _parameter(name: str, hint: Any, default: Any) -> click.Parameter:
    hint, *notes = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    if len(notes) != 1 or type(notes[0]) not in _PLAIN:
        raise TypeError(f"{name}: declare it as Annotated[TYPE, typer.Argument or typer.Option]")
    (info,) = notes
    for field, value in vars(info).items():
        if field not in _UNDERSTOOD[type(info)] and value != _PLAIN[type(info)][field]:
            raise TypeError(f"{name}: {field}= is not understood; see {__name__}")
    kind, several = _kind(hint)
    rest: dict[str, Any] = {
        "metavar": optional(info.metavar),
        "help": optional(info.help),
        "required": default is inspect.Parameter.empty,
    }
    if info.autocompletion is not None:
        rest["shell_complete"] = _completing(info.autocompletion)
    if default not in (None, inspect.Parameter.empty):
        if several:
            raise TypeError(f"{name}: the default of a list is None, not {default!r}")
        rest["default"] = default
    if several:
        rest["callback"] = _as_list
    if isinstance(info, OptionInfo):
        return _option(name, kind, info, several, rest)
    if info.metavar is None or kind is bool:
        raise TypeError(f"{name}: an argument has a metavar=, and is no flag")
    return Argument(name, type=_type(name, kind, info), nargs=-1 if several else 1, **rest)


def _option(
    name: str, kind: Any, info: OptionInfo, several: bool, rest: dict[str, Any]
) -> click.Option:
    # Typer's Option takes the first of its names as a default, for the sake of older code.
    every = (info.default, *(info.param_decls or ()))
    names: list[Any] = [option for option in every if option is not ...]
    if kind is bool:
        if rest.get("default") is not False or info.parser is not None or not names:
            raise TypeError(f"{name}: a flag has a name such as '--all', and is False by default")
        return click.Option((name, *names), is_flag=True, **rest)
    return click.Option(
        (name, *(names or [f"--{name.replace('_', '-')}"])),
        type=_type(name, kind, info),
        multiple=several,
        show_default=rest.get("default") not in (None, ""),  # Click would show an empty one as ""
        **rest,
    )


def _kind(hint: Any) -> tuple[Any, bool]:
    """Return the type of one value, and whether there may be several."""
    members = [member for member in get_args(hint) if member is not NoneType]
    if NoneType in get_args(hint) and len(members) == 1:
        (hint,) = members
    if get_origin(hint) is list:
        return get_args(hint)[0], True
    return hint, False


def _type(name: str, kind: Any, info: ParameterInfo) -> click.ParamType[Any]:
    if isinstance(info.parser, click.ParamType):
        return info.parser
    if kind is str and info.parser is None:
        return click.STRING
    raise TypeError(f"{name}: what is no str needs parser=, one of Click's types or of ours")


def _as_list(_ctx: click.Context, _param: click.Parameter, value: Any) -> list[Any] | None:
    return list(value or ()) or None


def _completing(
    complete: Callable[[click.Context, str], list[tuple[str, str]]],
) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    def items(ctx: click.Context, _param: click.Parameter, start: str) -> list[CompletionItem]:
        return [CompletionItem(value, help=text) for value, text in complete(ctx, start)]

    return items
