"""Templates are the clerk's: theirs win, a mistake has its place, and none can do harm."""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import jinja2
import msgspec
import pytest

from parplan import i18n
from parplan.agenda.year import summarize
from parplan.journal.record import Evidence
from parplan.plan.file import read_plan
from parplan.problem import UserError
from parplan.render.board import html_values
from parplan.render.board import page as board
from parplan.render.document import drafts
from parplan.render.template import markdown_values, sandbox
from parplan.render.template.markdown import escape
from parplan.render.template.sandbox import OutputFormat
from parplan.report.model import Totals
from tests.conftest import Run
from tests.helpers.office import Office
from tests.helpers.running import PATIENCE, Text

ROOT = Path(__file__).parents[2]
GENERATOR = ROOT / "docs" / "generate_templates.py"
JUNE = ("report", "--month", "6", "--as-of", "2025-06-16", "--format", "md")
ENGLISH = {"PARPLAN_LANG": "en"}


@pytest.fixture
def office(workspace: Path, environment: dict[str, str]) -> Office:
    (workspace / "templates").mkdir()
    return Office(workspace, environment)


@pytest.fixture
def vietnamese() -> Iterator[None]:
    """Speak Vietnamese for the time of a test."""
    before = i18n.language()
    i18n.use("vi")
    yield
    i18n.use(before)


def put(office: Office, name: str, text: str | bytes) -> None:
    """Write a template of the workspace."""
    data = text if isinstance(text, bytes) else text.encode()
    (office.root / "templates" / name).write_bytes(data)


def draft(office: Office, *words: str) -> str:
    """Return the draft of June."""
    office.say(*JUNE, *words)
    (path,) = (office.root / "reports").glob("*.md")
    return path.read_text(encoding="utf-8")


def body(office: Office, *words: str) -> str:
    """Return what the template filled of it."""
    return drafts.read("", draft(office, *words)).body.removeprefix("\n")


def refused(done: Text) -> str:
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1
    return done.stderr


# Whose template.


def test_a_template_of_the_workspace_wins(office: Office) -> None:
    put(office, "report.md.j2", "Báo cáo của {{ plan.issuer }}\n")

    assert body(office) == "Báo cáo của UBND phường Phú La\n"


def test_another_template_for_once(office: Office) -> None:
    put(office, "ngan.md.j2", "{{ totals.due }} việc\n")

    assert body(office, "--template", "ngan.md.j2") == "9 việc\n"


def test_a_template_may_build_on_one_that_is_shipped(office: Office) -> None:
    put(office, "kem.md.j2", "Kèm theo:\n{% include 'report.md.j2' %}")

    assert body(office, "--template", "kem.md.j2").startswith("Kèm theo:\nThực hiện Kế hoạch số ")


HEAD = """\
{#- Của văn phòng. -#}
---
type: Báo cáo nhanh
symbol: {{ ("BCN-" ~ issuer_symbol) | yaml }}
issuer: {{ plan.issuer | full_name | yaml }}
place: {{ plan.document.place | yaml }}
title: {{ title | yaml }}
data:
  period: {{ period.name | yaml }}
  from: {{ window.first | yaml }}
  until: {{ window.last | yaml }}
  records: {{ records | yaml }}
  digest: ""
---
"""


def test_the_header_of_a_template_wins(office: Office) -> None:
    """Templates of earlier versions hold it; parplan adds the digest of what stands below."""
    put(office, "report.md.j2", HEAD + "{{ totals.due }} việc\n")
    read = drafts.read("", draft(office))

    assert (read.header.type, read.header.symbol) == ("Báo cáo nhanh", "BCN-UBND")
    assert read.header.data is not None
    assert read.header.data.digest == drafts.digest(read.body)
    assert read.body == "9 việc\n"


def test_a_header_of_a_template_is_read_for_the_docx(office: Office) -> None:
    put(office, "report.md.j2", HEAD.replace("type: Báo cáo nhanh\n", "") + "a\n")
    done = office.run(*JUNE[:-2], "--format", "docx", env=ENGLISH)

    assert done.returncode == 2
    assert "reports/2025-06.md:2:1: 'type' is missing [missing-key]" in done.stderr


@pytest.mark.parametrize(
    ("words", "name"),
    [
        pytest.param(("document", "--format", "md"), "document.md.j2", id="document"),
        pytest.param(
            ("reminder", "--unit", "van-phong", "--format", "md"), "reminder.md.j2", id="reminder"
        ),
    ],
)
def test_the_other_documents_have_templates_too(
    words: tuple[str, ...], name: str, office: Office
) -> None:
    put(office, name, "{{ plan.year }}\n")
    office.say(*words)
    (path,) = (office.root / "reports").iterdir()

    assert path.read_text(encoding="utf-8").endswith("\n---\n\n2025\n")


def test_templates_that_init_copies_give_the_same_draft(office: Office) -> None:
    shipped = draft(office)
    shutil.rmtree(office.root / "reports")
    office.say("init", "--templates", "--no-git")

    names = {path.name for path in (office.root / "templates").iterdir()}
    assert names >= {"report.md.j2", "document.md.j2", "reminder.md.j2"}
    assert draft(office) == shipped


# A mistake has its place.

MISTAKES = [
    pytest.param("a\n{% for %}\n", 2, "Expected an expression", id="syntax"),
    pytest.param("{{ totals.due\n\n", 1, "unexpected end of template", id="not-closed"),
    pytest.param("a\n\n{% if totals.due %}\n", 3, "Unexpected end of template", id="if-not-closed"),
    pytest.param("a\n{{ totals.due | nofilter }}\n", 2, "No filter named 'nofilter'", id="filter"),
    pytest.param("a\n{% if 1 is notest %}{% endif %}\n", 2, "No test named", id="test"),
    pytest.param("a\n\n\n{{ nothing }}\n", 4, "'nothing' is undefined", id="no-such-name"),
    pytest.param("{{ totals.duo }}\n", 1, "no attribute 'duo'", id="no-such-attribute"),
    pytest.param("a\n{{ 1 / (totals.due - 9) }}\n", 2, "division by zero", id="division-by-0"),
    pytest.param("a\n{{ totals.due + 'x' }}\n", 2, "unsupported operand", id="types"),
    pytest.param("a\n{{ plan.issuer | long_date }}\n", 2, "day", id="in-a-filter"),
    pytest.param("a\n{{ totals.share() }}\n", 2, "argument", id="in-a-call"),
    pytest.param("a\n{{ 'x' | state }}\n", 2, "x", id="no-such-state"),
    pytest.param("a\n{{ missing(1) }}\n", 2, "int", id="missing-of-a-number"),
    pytest.param("a\n{{ 'abcd' | truncate(2) }}\n", 2, "length", id="jinjas-own-filter"),
    pytest.param("a\n{{ '\\ud800' }}\n", None, "UTF-8", id="half-a-character"),
    pytest.param(
        "{% macro a() %}\n{{ nothing }}\n{% endmacro %}\n{{ a() }}\n", 2, "'nothing'", id="in-macro"
    ),
    pytest.param(
        "{% macro a() %}\n{{ a() }}\n{% endmacro %}\n{{ a() }}\n", 2, "recursion", id="recursion"
    ),
    pytest.param("a\n{% include 'x.md.j2' %}\n", 2, "recursion", id="includes-itself"),
    pytest.param("a\n{% include 'none.j2' %}\n", 2, "none.j2", id="include-of-missing"),
    pytest.param("a\n{% import 'none.j2' as b %}\n", 2, "none.j2", id="import-of-missing"),
    pytest.param("{% extends 'none.j2' %}\n", 1, "none.j2", id="extends-missing"),
    pytest.param("a\n{% include none %}\n", 2, "", id="include-of-nothing"),
    pytest.param("a\n{% do 1 %}\n", 2, "unknown tag 'do'", id="unknown-tag"),
    pytest.param(
        "a\n" + "{% for b in [1] %}" * 25 + "{% endfor %}" * 25, None, "", id="loops-too-deep"
    ),
    pytest.param("a\n" + "{% if 1 %}" * 150 + "{% endif %}" * 150, None, "", id="ifs-too-deep"),
    pytest.param("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", None, "", id="brackets-too-deep"),
]
"""Template, line of the mistake (None: any), what is said of it."""


@pytest.mark.parametrize(("text", "line", "said"), MISTAKES)
def test_a_mistake_has_its_place(
    text: str, line: int | None, said: str, tmp_path: Path, context: Mapping[str, object]
) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "x.md.j2").write_text(text, encoding="utf-8")

    with pytest.raises(UserError) as caught:
        markdown_values.render("x.md.j2", context, folder)

    complaint = i18n.fill(caught.value.text, caught.value.values)
    place = r"(templates/)?x\.md\.j2(:\d+)?" if line is None else rf"templates/x\.md\.j2:{line}"
    assert re.match(f"{place}: .", complaint), complaint
    assert said in complaint
    assert "\n" not in complaint


@pytest.fixture
def context() -> Mapping[str, object]:
    """Return a small context such as a report's."""
    return {"totals": Totals(9, 0, 9, 0, 0, 9, 0, 0, 7), "plan": {"issuer": "UBND phường"}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            "a\n{{ nothing }}\n",
            "parplan: templates/report.md.j2:2: the template has a mistake: "
            "'nothing' is undefined\n",
            id="name",
        ),
        pytest.param(
            "{% if %}",
            "parplan: templates/report.md.j2:1: the template has a mistake: "
            "Expected an expression, got 'end of statement block'\n",
            id="syntax",
        ),
    ],
)
def test_a_mistake_as_the_clerk_meets_it(text: str, said: str, office: Office) -> None:
    put(office, "report.md.j2", text)

    assert refused(office.run(*JUNE, env=ENGLISH)) == said
    assert not (office.root / "reports").exists()


def test_a_template_that_powershell_saved_is_told(office: Office) -> None:
    put(office, "report.md.j2", "")
    (office.root / "templates" / "report.md.j2").write_text("Phường", encoding="utf-16")

    complaint = refused(office.run(*JUNE, env=ENGLISH))
    assert "report.md.j2: the template has a mistake: the file is not UTF-8 text" in complaint


def test_a_mistake_in_what_is_included_has_the_place_there(office: Office) -> None:
    put(office, "phan.md.j2", "a\n\n{{ nothing }}\n")
    put(office, "report.md.j2", "{% include 'phan.md.j2' %}\n")

    assert "templates/phan.md.j2:3: " in refused(office.run(*JUNE, env=ENGLISH))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("{{ plan.issuer }}".encode("utf-16"), id="utf-16"),
        pytest.param(b"\xff\xfe\x00", id="bytes"),
    ],
)
def test_a_template_that_is_not_utf8(data: bytes, office: Office) -> None:
    put(office, "report.md.j2", data)

    assert "report.md.j2: " in refused(office.run(*JUNE, env=ENGLISH))


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("none.md.j2", id="not-there"),
        pytest.param("../plan/2025.yaml", id="above"),
        pytest.param("/etc/passwd", id="absolute"),
        pytest.param(".", id="the-folder"),
        pytest.param("a" * 5000, id="long"),
    ],
)
def test_no_such_template(name: str, office: Office) -> None:
    assert "no template" in refused(office.run(*JUNE, f"--template={name}", env=ENGLISH))
    assert not (office.root / "reports").exists()


# What no template can do.

SECRET = "bí mật của phường"

ESCAPES = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ ''['__cla' ~ 'ss__'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ ''|attr('__cla' ~ 'ss__')|attr('__mro__') }}",
    "{{ ().__class__.__base__.__subclasses__() }}",
    "{{ '{0.__class__}'.format('') }}",
    "{{ '{0.__class__.__mro__}'.format('') }}",
    "{{ ('{0.__class__}'.format)('') }}",
    "{{ ''|attr('format') }}{{ ('{0.__class__}'|attr('format'))('') }}",
    "{{ '{a.__class__}'.format(a='') }}",
    "{{ '{a.__class__}'.format_map({'a': 1}) }}",
    "{{ ('{a.__class__}'|attr('format_map'))({'a': 1}) }}",
    "{{ ['{0.__class__}']|map('format', 1)|list }}",
    "{{ br.__class__ }}",
    "{{ (br ~ '{0.__class__}').format('') }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ self|attr('_TemplateReference__context') }}",
    "{{ missing.__globals__ }}",
    "{{ missing.__code__ }}",
    "{{ missing|attr('__globals__') }}",
    "{{ missing.__call__ }}",
    "{{ plan.issuer.upper.__self__ }}",
    "{{ plan.tasks.__func__.__globals__ }}",
    "{{ plan.__struct_fields__ }}",
    "{{ plan.__class__ }}",
    "{{ totals.share.__globals__ }}",
    "{{ cycler }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ joiner }}",
    "{{ lipsum }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ namespace() }}",
    "{{ dict() }}",
    "{{ range(3) }}",
    "{% for i in range(10**9) %}{% endfor %}",
    "{{ config }}",
    "{{ request }}",
    "{{ get_flashed_messages }}",
    "{{ url_for.__globals__ }}",
    "{{ open('/etc/passwd') }}",
    "{{ eval('1') }}",
    "{{ __import__('os') }}",
    "{{ __builtins__ }}",
    "{{ environment }}",
    "{{ context }}",
    "{{ loop }}",
    "{{ caller }}",
    "{{ [].append(1) }}",
    "{{ {}.update(a=1) }}",
    "{{ plan.recipients.append('x') }}",
    "{{ plan.recipients.clear() }}",
    "{% debug %}",
    "{% do plan.recipients.clear() %}",
    "{% set plan.year = 1 %}",
    "{% include '/etc/passwd' %}",
    "{% include '../secret.txt' %}",
    "{% include '../../secret.txt' %}",
    "{% include './../secret.txt' %}",
    "{% include '..\\\\secret.txt' %}",
    "{% include '{outside}' %}",
    "{% include ['../secret.txt', '{outside}'] %}",
    "{% include 'templates/../../secret.txt' %}",
    "{% include '../plan/2025.yaml' %}",
    "{% include 'link.txt' %}",
    "{% include 'folder/secret.txt' %}",
    "{% import '{outside}' as a %}",
    "{% from '../secret.txt' import a %}",
    "{% extends '{outside}' %}",
]


@pytest.mark.parametrize("text", ESCAPES)
def test_no_way_out_of_the_sandbox(text: str, tmp_path: Path) -> None:
    """Each ends in a refusal, reads no file, and leaves the data as they were."""
    folder = tmp_path / "office" / "templates"
    folder.mkdir(parents=True)
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    (tmp_path / "office" / "secret.txt").write_text(SECRET, encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "folder").symlink_to(tmp_path)
    hostile = text.replace("{outside}", str(tmp_path / "secret.txt"))
    (folder / "x.md.j2").write_text(hostile, encoding="utf-8")
    recipients = ["UBND quận;"]

    with pytest.raises(UserError) as caught:
        markdown_values.render("x.md.j2", hostile_context(recipients), folder)

    complaint = i18n.fill(caught.value.text, caught.value.values)
    assert SECRET not in complaint
    assert recipients == ["UBND quận;"]


def hostile_context(recipients: list[str]) -> Mapping[str, object]:
    """Return a context of real values, functions among them."""
    plan = read_plan("2025.yaml", (ROOT / "plan" / "2025.yaml").read_bytes()).value
    assert plan is not None
    changed = msgspec.structs.replace(plan, recipients=recipients)
    return {"plan": changed, "totals": Totals(9, 0, 9, 0, 0, 9, 0, 0, 7)}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{{ ['a']|map(attribute='__class__')|list }}", id="map"),
        pytest.param("{{ ['a']|groupby('__class__') }}", id="groupby"),
        pytest.param("{{ ['a']|selectattr('__class__')|list }}", id="selectattr"),
        pytest.param("{{ ['a']|sort(attribute='__class__') }}", id="sort"),
        pytest.param("{{ ['a']|map('attr', '__class__')|list }}", id="map-attr"),
        pytest.param("{{ self }}", id="self"),
    ],
)
def test_what_is_let_through_tells_nothing(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.md.j2").write_text(text, encoding="utf-8")
    try:
        said = markdown_values.render("x.md.j2", {}, tmp_path)
    except UserError as refusal:
        said = i18n.fill(refusal.text, refusal.values)

    assert "<class" not in said
    assert "class 'str'" not in said


def test_a_template_writes_no_file_and_runs_nothing(office: Office) -> None:
    put(office, "report.md.j2", "{{ lipsum.__globals__.os.system('touch here') }}")
    refused(office.run(*JUNE))  # keeps the plan that it read
    before = sorted(office.root.rglob("*"))

    refused(office.run(*JUNE))

    assert sorted(office.root.rglob("*")) == before


# A template that takes too much ends in a sentence.


def test_a_template_that_wants_all_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_text: str) -> str:
        raise MemoryError

    (tmp_path / "x.md.j2").write_text("a\n{{ 1 | sentence }}", encoding="utf-8")
    monkeypatch.setitem(cast("dict[str, Any]", markdown_values.FILTERS), "sentence", full)

    with pytest.raises(UserError) as caught, i18n.speaking("en"):
        markdown_values.render("x.md.j2", {}, tmp_path)

    assert i18n.fill(caught.value.text, caught.value.values) == (
        f"{tmp_path.name}/x.md.j2:2: the template has a mistake: "
        "there is not enough memory for this"
    )


@pytest.mark.posix(reason="Windows sends Ctrl-C to whole consoles")
def test_ctrl_c_ends_a_template_that_never_does(office: Office) -> None:
    put(office, "empty.j2", "")
    nested = "{% for a in ten %}" * 15 + "{% endfor %}" * 15
    put(office, "report.md.j2", f"{{% include 'empty.j2' %}}{{% set ten = '0123456789' %}}{nested}")
    watch = (
        "import sys, parplan.render.template.loader as loader\n"
        "get = loader.Inside.get_source\n"
        "def told(own, environment, name):\n"
        "    if name == 'empty.j2': print('filling', flush=True)\n"
        "    return get(own, environment, name)\n"
        "loader.Inside.get_source = told\n"
        "from parplan import __main__; __main__.main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", watch, *JUNE],
        cwd=office.root,
        env={**office.env, **ENGLISH},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "filling\n"
        process.send_signal(signal.SIGINT)
        _out, complaint = process.communicate(timeout=PATIENCE)

    assert (complaint, process.returncode) == ("stopped\n", 130)
    assert not (office.root / "reports").exists()


# Text stays text.


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("{% for a in 'abc' %}{{ loop.index }}{% endfor %}", "123", id="loop"),
        pytest.param("{{ ['a', 'b'] | map('upper') | join(', ') }}", "A, B", id="joined"),
        pytest.param("{{ [1, 2, 3] | select('odd') | list | length }}", "2", id="counted"),
        pytest.param("{{ plan.units | map(attribute='id') | first }}", "van-phong", id="attribute"),
        pytest.param("{{ plan.tasks() | list | length }}", "35", id="method"),
        pytest.param("{{ nobody is defined }}", "False", id="defined"),
        pytest.param("{{ 'ab' * 3 }}{{ 3 * 4 + 2 }}", "ababab14", id="multiplied"),
        pytest.param("{{ '%s năm %d' | format('a', 2025) }}", "a năm 2025", id="format"),
        pytest.param("{{ '{:>6}'.format('a') | trim }}", "a", id="format-method"),
        pytest.param("{% set a, b = 1, 2 %}{{ b }}", "2", id="two-at-once"),
        pytest.param(
            "{% macro f(a) %}({{ a }}){% endmacro %}{{ f(1) }}{{ f(a=2) }}", "(1)(2)", id="macro"
        ),
    ],
)
def test_what_documents_need_is_there(text: str, shown: str, tmp_path: Path) -> None:
    (tmp_path / "x.md.j2").write_text(text, encoding="utf-8")

    page = markdown_values.render("x.md.j2", hostile_context([]), tmp_path)

    assert re.sub(r"\\(.)", r"\1", page) == shown


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        pytest.param("{{ a }}", "*x* | <b>", escape("*x* | <b>"), id="value"),
        pytest.param("{{ a }}", None, "", id="none"),
        pytest.param("{{ a ~ '*' }}", "*", r"\*\*", id="joined-by-tilde"),
        pytest.param("{{ a | join(', ') }}", ["*", "|"], r"\*, \|", id="joined"),
        pytest.param("{{ a | upper }}", "*x*", r"\*X\*", id="through-a-filter"),
        pytest.param("{{ a | sentence }}", "*x*", r"\*x\*.", id="through-our-filter"),
        pytest.param("{{ a | evidence }}", [Evidence("*1*")], r"\*1\*", id="evidence"),
        pytest.param("{{ a }}{{ br }}", "*x* | y", r"\*x\* \| y<br>", id="beside-a-line-end"),
        pytest.param("{{ [a, 'b'] | join(br) }}", "*x*", r"\*x\*<br>b", id="joined-by-a-line-end"),
        pytest.param("{{ missing(a) }}", "*x*", r"[cần bổ sung: \*x\*]", id="missing"),
        pytest.param("{{ a }}{{ missing('b') }}", "*", r"\*[cần bổ sung: b]", id="beside-missing"),
        pytest.param("{% set b %}{{ a }}{% endset %}{{ b }}", "*", r"\*", id="set-once"),
        pytest.param(
            "{% macro b(c) %}{{ c }}{% endmacro %}{{ b(a) }}", "*", r"\*", id="escaped-once"
        ),
        pytest.param("{% autoescape false %}{{ a }}{% endautoescape %}", "*", r"\*", id="always"),
        pytest.param("{{ a }}", "{{ 1 }} {% x %}", r"\{\{ 1 \}\} \{% x %\}", id="no-template"),
        pytest.param("t: {{ a | yaml }}", 'a": b\n', 't: "a\\": b\\n"', id="yaml"),
    ],
)
def test_values_are_written_as_they_are(
    text: str, value: object, expected: str, tmp_path: Path
) -> None:
    (tmp_path / "x.md.j2").write_text(text, encoding="utf-8")

    assert markdown_values.render("x.md.j2", {"a": value}, tmp_path) == expected


def test_a_template_is_compiled_once_for_each_of_its_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []
    compile_source = jinja2.Environment._compile

    def compile_counted(self: jinja2.Environment, source: str, filename: str) -> Any:
        compiled.append(Path(filename).name)
        return compile_source(self, source, filename)

    monkeypatch.setattr(jinja2.Environment, "_compile", compile_counted)
    loud, soft = OutputFormat(lambda value: str(value).upper(), {}, {}), OutputFormat(str, {}, {})
    for mark in "::;":
        text = f"{{{{ a }}}}{mark} {{{{ 'x' }}}}"
        (tmp_path / "x.md.j2").write_text(text, encoding="utf-8")
        for value in "bc":
            filled = [sandbox.render("x.md.j2", {"a": value}, tmp_path, f) for f in (loud, soft)]
            assert filled == [f"{value}{mark} x".upper(), f"{value}{mark} x"]

    assert compiled == ["x.md.j2"] * 2 * 2  # for each form, which writes constants too


def test_a_constant_is_filtered_in_the_language_of_each_time(tmp_path: Path) -> None:
    (tmp_path / "x.md.j2").write_text("{{ 'x' | spoken }}", encoding="utf-8")
    form = OutputFormat(str, {"spoken": lambda _text: i18n.language()}, {})

    for language in ("en", "vi", "en"):
        with i18n.speaking(language):
            assert sandbox.render("x.md.j2", {}, tmp_path, form) == language


# The page about them.


def generator() -> Any:
    """Return the module that writes docs/templates.md."""
    spec = importlib.util.spec_from_file_location("generate_templates", GENERATOR)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_fresh(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, str(GENERATOR), "--check"],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )

    assert (done.stderr, done.returncode) == ("", 0)


@pytest.mark.usefixtures("vietnamese")
def test_a_stale_page_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = generator()
    page = tmp_path / "templates.md"
    monkeypatch.setattr(module, "PAGE", page)
    monkeypatch.setattr(sys, "argv", ["generate_templates.py"])
    assert module.main() == 0
    monkeypatch.setattr(sys, "argv", ["generate_templates.py", "--check"])
    assert module.main() == 0

    page.write_text(page.read_text(encoding="utf-8").replace("| `br` |", "| `bx` |"))

    assert module.main() == 1


def test_every_filter_is_described() -> None:
    assert set(generator().FILTERS) == set(markdown_values.FILTERS)


@pytest.fixture
def contexts(
    workspace: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Mapping[str, object]]:
    """Return a function that runs a command here and returns what its template was given."""
    seen: list[Mapping[str, object]] = []
    render = markdown_values.render

    def spy(name: str, context: Mapping[str, object], folder: Path | None = None) -> str:
        seen.append(context)
        return render(name, context, folder)

    def given(*words: str) -> Mapping[str, object]:
        assert run(*words, "--as-of", "2025-06-16", "--format", "md").returncode == 0
        return seen.pop()

    monkeypatch.setattr(markdown_values, "render", spy)
    shutil.copy(ROOT / "plan" / "example.forms.yaml", workspace / "plan" / "2025.forms.yaml")
    shutil.copy(ROOT / "plan" / "example.index.yaml", workspace / "plan" / "2025.index.yaml")
    amended = ["task", "20", "--drop", "--from", "2025-07-01", "--by", "15/QĐ-UBND"]
    assert run("amend", *amended).returncode == 0
    return given


DOCUMENTS = {
    "Report: `report.md.j2`, `report-outline.md.j2`, `report-appendix.md.j2`": "report --month 6",
    "Plan: `document.md.j2`": "document",
    "Letter: `reminder.md.j2`": "reminder --unit van-phong",
    "Amendment: `amendment.md.j2`": "document --amendment 15/QĐ-UBND",
    "Self-assessment: `score.md.j2`": "score report",
    "Statistical forms: `forms.md.j2`": "forms report",
    "Many offices: `offices.md.j2`": "rollup report",
}
"""The heading of each document's names on the page, and a command line that writes one."""


def test_every_template_has_its_names_on_the_page() -> None:
    page = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+ `[\w-]+\.md\.j2`)$", page, re.MULTILINE)
    named = {name for heading in headings for name in re.findall(r"`(.+?)`", heading)}
    included = {"form-pages.md.j2"}

    assert headings == list(DOCUMENTS)
    assert named | included == {path.name for path in (ROOT / "templates").glob("*.md.j2")}


@pytest.mark.parametrize("heading", DOCUMENTS)
def test_every_name_that_a_template_is_given_is_on_the_page(
    heading: str, contexts: Callable[..., Mapping[str, object]]
) -> None:
    page = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    section = re.split(r"\n#{2,3} ", page.partition(f"\n## {heading}\n")[2])[0]

    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == set(
        contexts(*DOCUMENTS[heading].split())
    )


def test_every_name_and_filter_of_the_board_is_on_the_page(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []
    render = sandbox.render

    def spy(
        name: str, context: Mapping[str, object], folder: Path | None, form: OutputFormat
    ) -> str:
        given.extend(context)
        return render(name, context, folder, form)

    monkeypatch.setattr(sandbox, "render", spy)
    plan = read_plan("2025.yaml", (workspace / "plan" / "2025.yaml").read_bytes()).value
    assert plan is not None

    board.page(summarize(plan, {}, dt.date(2025, 6, 16)))

    page = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    names, filters = (
        re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
        for table in page.partition("## Board: `board/page")[2].split("\nIts filters:\n")
    )
    assert sorted(names) == sorted(given)
    assert sorted(filters) == sorted(html_values.FILTERS)


def test_every_name_of_an_item_that_the_page_gives_is_there(
    contexts: Callable[..., Mapping[str, object]],
) -> None:
    found = contexts("reminder", "--unit", "van-phong")["overdue"]
    assert isinstance(found, list)

    for name, _kind, _meaning in generator().ITEM:
        assert hasattr(found[0], name)


def test_the_example_of_the_page_can_be_used(office: Office) -> None:
    page = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```jinja\n(.*?)```", page, re.DOTALL)
    put(office, "report.md.j2", example)

    assert body(office) == (
        "Trên đây là báo cáo tháng 6/2025 của UBND phường Phú La: 0 trên 9 việc đến hạn đã "
        "hoàn thành (0,0%)./.\n"
    )
