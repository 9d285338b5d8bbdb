"""What a command declares in its signature reaches Click, or is refused by name."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, get_args, get_type_hints

import click
import msgspec
import pytest
import typer

from parplan import i18n
from parplan.cli import declarations
from parplan.cli.command_table import COMMANDS
from parplan.cli.group import load
from parplan.cli.options import Shared
from parplan.cli.params import Number, Value
from tests.helpers.running import PATIENCE

EMPTY = inspect.Parameter.empty
NUMBER = Number(1, 9)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with i18n.speaking("en"):
        yield


def function_with(hint: Any, default: Any = EMPTY) -> Callable[..., None]:
    """Return a function whose one parameter is declared as ``hint``."""

    def function(the_value: Any) -> None:
        raise AssertionError(the_value)

    function.__annotations__ = {} if hint is EMPTY else {"the_value": hint}
    function.__defaults__ = None if default is EMPTY else (default,)
    return function


def parsed(parameters: list[click.Parameter], *words: str) -> Any:
    """Return the value that a command with ``parameters`` gets from ``words``."""
    context = click.Command("one", params=parameters).make_context("one", list(words))
    return context.params["the_value"]


def some(_ctx: click.Context, start: str) -> list[tuple[str, str]]:
    return [(f"{start}1", "the first")]


ONE_WORD = Annotated[str, typer.Argument(metavar="WORD", help="A word.")]
OPTIONAL_WORD = Annotated[str | None, typer.Argument(metavar="[WORD]", help="A word.")]
WORDS = Annotated[tuple[str, ...], typer.Argument(metavar="WORD...")]
OPTIONAL_WORDS = Annotated[tuple[str, ...], typer.Argument(metavar="[WORD]...")]
NUMBER_ARGUMENT = Annotated[int, typer.Argument(metavar="N", parser=NUMBER)]
OPTION = Annotated[str | None, typer.Option(metavar="TEXT", help="A text.")]
TEXT_OPTION = Annotated[str, typer.Option("--text", "-t")]
NUMBER_OPTION = Annotated[int, typer.Option("--number", parser=NUMBER, metavar="1-9")]
DECIMAL_OPTION = Annotated[Decimal | None, typer.Option(parser=Value())]
TUPLE_OPTION = Annotated[tuple[str, ...], typer.Option("--word")]
QUIET_OPTION = Annotated[str, typer.Option(show_default=False)]
FLAG = Annotated[bool, typer.Option("--all", help="All.")]


@pytest.mark.parametrize(
    ("hint", "default", "words", "value"),
    [
        pytest.param(ONE_WORD, EMPTY, ["a"], "a", id="argument"),
        pytest.param(OPTIONAL_WORD, None, [], None, id="argument-left-out"),
        pytest.param(OPTIONAL_WORD, None, ["a"], "a", id="argument-optional"),
        pytest.param(ONE_WORD, "", [], "", id="argument-with-default"),
        pytest.param(WORDS, EMPTY, ["a", "b"], ("a", "b"), id="arguments"),
        pytest.param(OPTIONAL_WORDS, (), [], (), id="arguments-left-out"),
        pytest.param(OPTIONAL_WORDS, (), ["a"], ("a",), id="arguments-optional"),
        pytest.param(NUMBER_ARGUMENT, EMPTY, ["7"], 7, id="argument-of-a-type"),
        pytest.param(OPTION, None, [], None, id="option-left-out"),
        pytest.param(OPTION, None, ["--the-value", "a"], "a", id="option-named-for-it"),
        pytest.param(TEXT_OPTION, "", [], "", id="option-with-default"),
        pytest.param(TEXT_OPTION, "", ["-t", "a"], "a", id="option-short"),
        pytest.param(NUMBER_OPTION, 3, [], 3, id="option-default"),
        pytest.param(NUMBER_OPTION, 3, ["--number=4"], 4, id="option-of-a-type"),
        pytest.param(DECIMAL_OPTION, None, ["--the-value", "9,5"], Decimal("9.5"), id="decimal"),
        pytest.param(TUPLE_OPTION, (), [], (), id="options-left-out"),
        pytest.param(TUPLE_OPTION, (), ["--word", "a", "--word", "b"], ("a", "b"), id="options"),
        pytest.param(FLAG, False, [], False, id="flag-left-out"),
        pytest.param(FLAG, False, ["--all"], True, id="flag"),
    ],
)
def test_what_is_typed_becomes_the_value(
    hint: Any, default: Any, words: list[str], value: Any
) -> None:
    result = parsed(declarations.parameters(function_with(hint, default)), *words)

    assert (result, type(result)) == (value, type(value))


@pytest.mark.parametrize(
    ("hint", "default", "words", "complaint"),
    [
        pytest.param(ONE_WORD, EMPTY, [], "Missing argument 'WORD'.", id="argument"),
        pytest.param(WORDS, EMPTY, [], "Missing argument 'WORD...'.", id="arguments"),
        pytest.param(TEXT_OPTION, EMPTY, [], "Missing option '--text' / '-t'.", id="option"),
        pytest.param(
            NUMBER_OPTION,
            3,
            ["--number", "x"],
            "Invalid value for '--number': 'x' is no whole number from 1 to 9",
            id="value",
        ),
        pytest.param(
            FLAG, False, ["--all=x"], "Option '--all' does not take a value.", id="flag-with-value"
        ),
    ],
)
def test_what_is_missing_or_wrong_is_named(
    hint: Any, default: Any, words: list[str], complaint: str
) -> None:
    with pytest.raises(click.UsageError) as raised:
        parsed(declarations.parameters(function_with(hint, default)), *words)

    assert raised.value.format_message() == complaint


@pytest.mark.parametrize(
    ("hint", "default", "record"),
    [
        pytest.param(ONE_WORD, EMPTY, ("WORD", "A word.  [required]"), id="argument"),
        pytest.param(WORDS, EMPTY, ("WORD...", "[required]"), id="arguments-without-help"),
        pytest.param(OPTIONAL_WORD, None, ("[WORD]", "A word."), id="argument-optional"),
        pytest.param(OPTION, None, ("--the-value TEXT", "A text."), id="option"),
        pytest.param(OPTION, EMPTY, ("--the-value TEXT", "A text.  [required]"), id="required"),
        pytest.param(TEXT_OPTION, "", ("-t, --text TEXT", ""), id="no-empty-default"),
        pytest.param(NUMBER_OPTION, 3, ("--number 1-9", "[default: 3]"), id="default"),
        pytest.param(QUIET_OPTION, "a", ("--the-value TEXT", ""), id="default-not-shown"),
        pytest.param(FLAG, False, ("--all", "All."), id="flag"),
    ],
)
def test_what_the_help_says(hint: Any, default: Any, record: tuple[str, str]) -> None:
    (parameter,) = declarations.parameters(function_with(hint, default))

    assert parameter.get_help_record(click.Context(click.Command("one"))) == record


@pytest.mark.parametrize(
    "info",
    [
        pytest.param(typer.Argument(metavar="WORD", autocompletion=some), id="argument"),
        pytest.param(typer.Option(autocompletion=some), id="option"),
    ],
)
def test_what_a_shell_may_complete(info: Any) -> None:
    (parameter,) = declarations.parameters(function_with(Annotated[str, info]))

    items = parameter.shell_complete(click.Context(click.Command("one")), "4@")
    assert [(item.value, item.help) for item in items] == [("4@1", "the first")]


class Place(msgspec.Struct, frozen=True):
    """What a command and one inside it both take."""

    folder: Annotated[str | None, typer.Option("--dir", envvar="THE_FOLDER")] = None
    words: Annotated[tuple[str, ...], typer.Option("--word")] = ()
    every: Annotated[bool, typer.Option("--all")] = False


@pytest.mark.parametrize(
    ("words", "env", "place"),
    [
        pytest.param(["inner"], {}, Place(), id="nothing"),
        pytest.param(["inner", "--dir", "a", "--all"], {}, Place("a", every=True), id="after"),
        pytest.param(["--dir", "a", "inner"], {}, Place("a"), id="before"),
        pytest.param(["--dir", "a", "inner", "--dir", "b"], {}, Place("b"), id="both"),
        pytest.param(["inner", "--word=a", "--word=b"], {}, Place(words=("a", "b")), id="two"),
        pytest.param(["inner"], {"THE_FOLDER": "a"}, Place("a"), id="environment"),
    ],
)
def test_a_command_is_handed_its_structs(
    words: list[str], env: dict[str, str], place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    got: list[tuple[str, Place]] = []

    def inner(number: TEXT_OPTION = "one", *, place: Place) -> None:
        got.append((number, place))

    inner.__annotations__ = {"number": TEXT_OPTION, "place": Place}
    outer = click.Group("outer", params=[click.Option(("folder", "--dir"))])
    run = declarations.callback(inner)
    outer.add_command(click.Command("inner", callback=run, params=declarations.parameters(inner)))
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    outer.main(words, standalone_mode=False)

    assert got == [("one", place)]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_the_shared_options_last(name: str) -> None:
    last = [param.name for param in load(name).params[-4:]]

    assert last == list(Shared.__struct_fields__)


def test_nothing_is_declared() -> None:
    assert declarations.parameters(lambda: None) == []


@pytest.mark.parametrize(
    ("hint", "default", "complaint"),
    [
        pytest.param(EMPTY, EMPTY, "declare it as Annotated", id="nothing"),
        pytest.param(str, "", "declare it as Annotated", id="type-alone"),
        pytest.param(Annotated[str, "note"], "", "declare it as Annotated", id="another-note"),
        pytest.param(
            Annotated[str, typer.Option(), typer.Option()], "", "declare it as", id="declared-twice"
        ),
        pytest.param(Annotated[str, typer.Option(hidden=True)], "", "hidden=", id="hidden"),
        pytest.param(Annotated[str, typer.Option(count=True)], "", "count=", id="count"),
        pytest.param(Annotated[str, typer.Option(min=1)], "", "min=", id="min"),
        pytest.param(
            Annotated[str, typer.Option(show_default="x")], "", "show_default=", id="show"
        ),
        pytest.param(
            Annotated[str, typer.Argument(default_factory=str)],
            EMPTY,
            "default_factory=",
            id="made",
        ),
        pytest.param(Annotated[str, typer.Argument("word")], EMPTY, "default=", id="default"),
        pytest.param(Annotated[int, typer.Option()], 1, "needs parser=", id="int"),
        pytest.param(Annotated[Path, typer.Option()], None, "needs parser=", id="path"),
        pytest.param(Annotated[tuple[int, ...], typer.Option()], (), "needs parser=", id="ints"),
        pytest.param(Annotated[str | int, typer.Option()], "", "needs parser=", id="union"),
        pytest.param(Annotated[int, typer.Option(parser=int)], 1, "needs parser=", id="function"),
        pytest.param(TUPLE_OPTION, ("a",), "the default of a tuple is ()", id="tuple-default"),
        pytest.param(Annotated[str, typer.Argument()], EMPTY, "has a metavar=", id="no-metavar"),
        pytest.param(
            Annotated[bool, typer.Argument(metavar="X")], EMPTY, "is no flag", id="flag-argument"
        ),
        pytest.param(FLAG, True, "False by default", id="flag-that-is-set"),
        pytest.param(FLAG, EMPTY, "False by default", id="flag-that-is-required"),
        pytest.param(
            Annotated[bool, typer.Option()], False, "a flag has a name", id="flag-unnamed"
        ),
    ],
)
def test_what_is_not_understood_is_refused(hint: Any, default: Any, complaint: str) -> None:
    with pytest.raises(TypeError, match=f"^the_value: .*{re.escape(complaint)}"):
        declarations.parameters(function_with(hint, default))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_declaration_of_a_command_is_in_its_help(name: str, language: i18n.Language) -> None:
    with i18n.speaking(language):
        command = load(name)
        context = click.Context(command, info_name=f"parplan {name}", max_content_width=100)
        help_text = " ".join(command.get_help(context).split())
        module = sys.modules[f"parplan.commands.{COMMANDS[name].module}"]
        for info in declared(module.CALLBACKS[name]):
            assert " ".join(i18n._(info.help).split()) in help_text
            assert not info.metavar or i18n._(info.metavar) in help_text


def declared(function: Callable[..., Any]) -> Iterator[Any]:
    """Yield what a signature declares with Typer, that of its structs too."""
    for hint in get_type_hints(function, include_extras=True).values():
        yield from get_args(hint)[1:]
        if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
            yield from declared(hint)


IMPORTED = """
import sys
from parplan.cli.app import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    assert not end.code, end.code
for name in ("pydantic", "rich", "typer"):
    if name in sys.modules:
        print(name, file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("words", "imported"),
    [
        pytest.param(["due"], ["typer"], id="command"),
        pytest.param(["due", "--help"], ["typer"], id="help-of-a-command"),
        pytest.param(["--help"], [], id="help"),
    ],
)
def test_no_command_waits_for_what_it_does_not_need(
    words: list[str], imported: list[str], workspace: Path, environment: dict[str, str]
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", IMPORTED, *words],
        cwd=workspace,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=True,
    )

    assert ended.stderr.split() == imported
