"""No argument and no option reads what people type in a way of its own.

What means a period, a day, a reference, a share or a number is of a type of ``cli.params``; a
parameter that takes a text stands here, with what it holds.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from parplan import i18n
from parplan.cli import params as types
from parplan.cli.group import build
from parplan.text import whole_number
from tests.helpers.office import Office

READERS = (types.Date, types.PeriodName, types.Reference, types.Value, types.OneOf)
COUNTS = {"--number", "--port"}
"""Plain whole numbers: how many records, and a door of the machine."""
CHOICES = {"--format", "--lang", "--install-completion", "--show-completion", "form"}
"""Names of files' formats, languages and shells."""
NAMES = {"--unit", "--section", "--officer", "--task", "--to", "name", "words", "criterion"}
"""What is looked for in the plan by ``plan.lookup``, or in the journal by ``journal.search``."""
TEXTS = {
    *("--reason", "--proposal", "--evidence", "--author", "--by", "--amendment", "--message"),
    *("--why", "--note", "--signer", "--position", "--recipient", "--superior", "--deadline"),
    *("--number", "text", "value", "topic"),
}
"""What is taken as it was typed, or read as the wording of a document."""
FILES = {"--output", "--template", "--report", "--sheet", "paths", "file", "where"}
OTHERS = {"--grade", "--form", "--map-unit", "--move", "old", "new"}
"""What the index and the forms name; pairs that are parted before they are read; commits."""


def walk(command: click.Command, path: str) -> Iterator[tuple[str, click.Parameter]]:
    """Yield the parameters of ``command`` and of those below it, with the command's name."""
    context = click.Context(command, info_name=path)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from walk(below, f"{path} {name}".strip())
    yield from ((path, param) for param in command.params)


@pytest.fixture(scope="module")
def parameters() -> list[tuple[str, click.Parameter]]:
    with i18n.speaking("en"):
        return list(walk(build(), ""))


def name_of(param: click.Parameter) -> str:
    if isinstance(param, click.Argument):
        return str(param.name)
    return next(option for option in param.opts if option.startswith("--"))


def is_known(param: click.Parameter) -> bool:
    """Tell whether ``param`` reads by a type of ours, or is listed above."""
    name, kind = name_of(param), param.type
    if isinstance(kind, (*READERS, click.Path, click.types.BoolParamType)):
        return True
    if isinstance(kind, types.Number):
        return kind.read is not whole_number or name in COUNTS
    if isinstance(kind, click.Choice):
        return name in CHOICES
    return kind is click.STRING and name in NAMES | TEXTS | FILES | OTHERS


def test_every_parameter_reads_by_a_type_or_is_a_text(
    parameters: list[tuple[str, click.Parameter]],
) -> None:
    unknown = {(path, name_of(param)) for path, param in parameters if not is_known(param)}

    assert unknown == set()


def test_nothing_is_listed_that_no_command_has(
    parameters: list[tuple[str, click.Parameter]],
) -> None:
    names = {name_of(param) for _path, param in parameters}

    assert set(itertools.chain(COUNTS, CHOICES, NAMES, TEXTS, FILES, OTHERS)) <= names


def test_what_is_in_the_plan_is_completed(parameters: list[tuple[str, click.Parameter]]) -> None:
    silent = {
        (path, name_of(param))
        for path, param in parameters
        if isinstance(param.type, types.Reference) or name_of(param) in NAMES
        if path not in ("schema", "settings")
        if param._custom_shell_complete is None
    }

    assert silent == set()


def test_the_help_shows_both_names_of_a_value(
    parameters: list[tuple[str, click.Parameter]],
) -> None:
    for path, param in parameters:
        if isinstance(param.type, types.OneOf):
            row = param.get_help_record(click.Context(click.Command(path)))
            assert row is not None
            pairs = [f"{word} = {name}" for word, name in param.type.vietnamese.items()]
            lacking = [pair for pair in pairs if pair not in row[1]]
            assert all(word == name for word, _, name in (pair.split() for pair in lacking)), path


def test_whatever_takes_a_period_opens_the_plan_of_its_year(
    workspace: Path, environment: dict[str, str], parameters: list[tuple[str, click.Parameter]]
) -> None:
    office = Office(workspace, environment)
    (workspace / "plan" / "2024.yaml").write_text("nothing: of a plan\n", encoding="utf-8")
    ways = {path: ["--month", "6/2024"] for path, param in parameters if "--month" in param.opts}
    also = [path for path, param in parameters if param.name == "period" and path in ways]
    ways |= {f"{path} 6/2024": [] for path in also}
    opened = {
        way: office.run(*way.split(), *words).stderr.partition(":")[0]
        for way, words in ways.items()
        if not way.startswith("rollup")  # reads the plans of many offices, faulty ones too
    }

    assert len(opened) > 10
    assert set(opened.values()) == {"plan/2024.yaml"}, opened


def test_every_parameter_has_its_help(parameters: list[tuple[str, click.Parameter]]) -> None:
    """Click 8.5.0 leaves an argument without one out of the help."""
    silent = {
        (path, name_of(param)) for path, param in parameters if not getattr(param, "help", "")
    }

    assert silent == set()
