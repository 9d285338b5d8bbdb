"""Makes the parameters that Click parses of a command's function.

A command declares its arguments and options in its signature, with Typer's ``Argument``
and ``Option``.  Options that several commands have are a frozen struct of ``cli.options``,
whose fields are declared in the same way: the command declares one parameter of that type,
and is handed the struct.  All become Click's own classes here, not Typer's: those of Typer
say their texts in English alone, and import pydantic.  What no command needs is refused with
a TypeError, so that no part of a declaration is silently without effect.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import click
import msgspec
import typer
from click.shell_completion import CompletionItem
from typer.models import ArgumentInfo, OptionInfo, ParameterInfo

from parplan.cli.params import OneOf
from parplan.i18n import _, optional

_PLAIN = {ArgumentInfo: vars(typer.Argument()), OptionInfo: vars(typer.Option())}
_UNDERSTOOD = {
    ArgumentInfo: {"autocompletion", "help", "is_eager", "metavar", "parser"},
    OptionInfo: {
        *("autocompletion", "default", "envvar", "help", "is_eager", "metavar", "param_decls"),
        *("parser", "show_default"),
    },
}


def parameters(function: Callable[..., Any]) -> list[click.Parameter]:
    """Return the parameters that the signature of ``function`` declares, their texts translated.

    One value is a str, or of the Click type that ``parser=`` names; a bool is a flag; a tuple
    takes several; a struct is all that its fields declare.  What may be left out has a default.
    Raises TypeError for a declaration that is not understood.
    """
    declared: list[click.Parameter] = []
    for name, hint, default in _declared(function):
        if _is_struct(hint):
            declared += parameters(hint)
        else:
            declared.append(_parameter(name, hint, default))
    return declared


@functools.cache  # asked twice of a command's function, and of a shared struct by each command
def _declared(function: Callable[..., Any]) -> list[tuple[str, Any, Any]]:
    """Return name, type and default of each parameter of ``function``."""
    hints = get_type_hints(function, include_extras=True)
    params = inspect.signature(function).parameters.values()
    return [(param.name, hints.get(param.name), param.default) for param in params]


def callback(function: Callable[..., None]) -> Callable[..., None]:
    """Return what Click is to call: it hands ``function`` its values, and its structs made of them.

    An option of a struct that was not given after the command holds as given before it.
    """
    # An annotated struct is one value.
    structs = {name: hint for name, hint, _default in _declared(function) if _is_struct(hint)}

    def run(**values: Any) -> None:
        context = click.get_current_context()
        fields = {field for struct in structs.values() for field in struct.__struct_fields__}
        for field in fields:
            del values[field]
        filled = {name: _make(struct, context) for name, struct in structs.items()}
        function(**values, **filled)

    return run


def _is_struct(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, msgspec.Struct)


def _make(struct: type[msgspec.Struct], context: click.Context) -> msgspec.Struct:
    return struct(**{field: value_of(context, field) for field in struct.__struct_fields__})


def value_of(context: click.Context, name: str) -> Any:
    """Return the value of an option of the command of ``context``, or of a command before it."""
    value = context.params.get(name)
    if value is None and context.parent is not None:
        return value_of(context.parent, name)
    return value


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
        "help": _help(info),
        "is_eager": info.is_eager,  # read before what is read by it
        "required": default is inspect.Parameter.empty,
    }
    if info.autocompletion is not None:
        rest["shell_complete"] = _completing(info.autocompletion)
    if several and default not in ((), inspect.Parameter.empty):
        raise TypeError(f"{name}: the default of a tuple is (), not {default!r}")
    if default not in (None, (), inspect.Parameter.empty):
        rest["default"] = default
    if isinstance(info, OptionInfo):
        return _option(name, kind, info, several, rest)
    if info.metavar is None or kind is bool:
        raise TypeError(f"{name}: an argument has a metavar=, and is no flag")
    if rest["required"]:  # Click says so of options alone
        need = _("required")
        rest["help"] = "  ".join(filter(None, (rest["help"], f"[{need}]")))
    nargs = -1 if several else 1
    return click.Argument((name,), type=_type(name, kind, info), nargs=nargs, **rest)


def _help(info: ParameterInfo) -> str | None:
    """Return the help, with the Vietnamese names of the words that may be typed."""
    names = info.parser.both_names() if isinstance(info.parser, OneOf) else None
    return " ".join(filter(None, (optional(info.help), names))) or None


def _option(
    name: str, kind: Any, info: OptionInfo, several: bool, rest: dict[str, Any]
) -> click.Option:
    # Typer's Option takes the first of its names as a default, for the sake of older code.
    every = (info.default, *(info.param_decls or ()))
    names: list[Any] = [option for option in every if option is not ...]
    if not isinstance(info.show_default, bool):
        raise TypeError(f"{name}: show_default= is True or False")
    if kind is bool:
        if rest.get("default") is not False or info.parser is not None or not names:
            raise TypeError(f"{name}: a flag has a name such as '--all', and is False by default")
        return click.Option((name, *names), is_flag=True, **rest)
    return click.Option(
        (name, *(names or [f"--{name.replace('_', '-')}"])),
        type=_type(name, kind, info),
        multiple=several,
        envvar=info.envvar,
        # Click would show an empty one as "".
        show_default=info.show_default and rest.get("default") not in (None, ""),
        **rest,
    )


def _kind(hint: Any) -> tuple[Any, bool]:
    """Return the type of one value, and whether there may be several."""
    members = [member for member in get_args(hint) if member is not NoneType]
    if NoneType in get_args(hint) and len(members) == 1:
        (hint,) = members
    if get_origin(hint) is tuple:
        return get_args(hint)[0], True
    return hint, False


def _type(name: str, kind: Any, info: ParameterInfo) -> click.ParamType[Any]:
    if isinstance(info.parser, click.ParamType):
        return info.parser
    if kind is str and info.parser is None:
        return click.STRING
    raise TypeError(f"{name}: what is no str needs parser=, one of Click's types or of ours")


def _completing(
    complete: Callable[[click.Context, str], list[tuple[str, str]]],
) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    def items(ctx: click.Context, _param: click.Parameter, start: str) -> list[CompletionItem]:
        return [CompletionItem(value, help=text) for value, text in complete(ctx, start)]

    return items
