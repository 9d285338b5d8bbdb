"""No template takes all memory or goes on for ever: each that would is refused, with its line.

All are filled in a process of their own, which the system bounds, so that one that is let
through ends the tests of this file and not the machine.  Ways out of the sandbox are in
``test_templates``, single huge expressions in ``test_attacks``.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from parplan.render.template import budget
from parplan.render.template import markdown_values as template
from tests.helpers.plans import the_plan
from tests.helpers.running import clean_environment
from tests.helpers.templates import filled

SECONDS = 60
MEMORY = 1_000_000_000
_CHILD = f"""
import json, resource, sys, tempfile
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
from parplan.render import budget
from tests.helpers.templates import filled
budget.MOST = {6_000_000}  # so that it takes less time to come to the end
with tempfile.TemporaryDirectory() as name:
    for key, text in json.load(sys.stdin).items():
        print(json.dumps([key, filled(text, Path(name))]), flush=True)
"""
TEN = "{% set ten = '0123456789'|list %}"
LONG = "{% set long = 'x' * 1000000 %}"
PLANS = "{% set a = [plan] %}" + "{% set a = a + a %}" * 16
LAUGH = "{% set a = [a,a,a,a,a,a,a,a,a,a] %}"
MANY = "{% set many = [1] * 900000 %}"


def nested(levels: int, inside: str = "") -> str:
    """Return loops in loops of ten rounds each; more levels need macros, as Python has 20."""
    opening = "".join(f"{{% for i{n} in ten %}}" for n in range(levels))
    return f"{TEN}\n{opening}{inside}{'{% endfor %}' * levels}"


# Each takes more than hours, or more than all memory, where nothing bounds it.
ENDLESS: Mapping[str, str] = {
    "loops-in-loops": nested(15),
    "loops-with-text": nested(9, "x" * 1000),
    "loops-with-a-value": nested(9, "{{ i0 }}"),
    "loops-over-text": LONG
    + "{% for a in long %}{% for b in long %}{% endfor %}{% endfor %}",
    "loops-with-a-condition": f"{TEN}{'{% for a in ten if a %}' * 12}{'{% endfor %}' * 12}",
    "loops-that-know-themselves": nested(9, "{{ loop.index }}{{ loop.length }}"),
    "recursive-loop": (
        "{% set two = [1, 2] %}{% for a in two recursive %}"
        "{% if loop.depth < 60 %}{{ loop(two) }}{% endif %}{% endfor %}"
    ),
    "macro-calls-itself-twice": (
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}"
    ),
    "macro-with-text": (
        "{% macro f(n) %}" + "x" * 10_000 + "{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}"
        "{% endmacro %}{{ f(40) }}"
    ),
    "callers": (
        "{% macro f() %}{{ caller() }}{{ caller() }}{% endmacro %}"
        + "{% call f() %}" * 15 + "x" + "{% endcall %}" * 15 + nested(12)
    ),
    "blocks": (
        "{% block a %}{% endblock %}" + nested(9, "{{ self.a() }}")
    ),
    "includes": nested(9, "{% include 'empty' %}"),
    "filtered-blocks": nested(9, "{% filter upper %}x{% endfilter %}"),
    "doubled": "{% set a = 'xx' %}" + "{% set a = a ~ a %}" * 50,
    "doubled-by-plus": "{% set a = 'xx' %}" + "{% set a = a + a %}" * 50,
    "doubled-in-blocks": "{% set a = 'xx' %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 50,
    "doubled-by-format": "{% set a = 'xx' %}" + "{% set a = '%s%s' % (a, a) %}" * 50,
    "doubled-by-a-filter": "{% set a = 'xx' %}" + "{% set a = '%s%s'|format(a, a) %}" * 50,
    "doubled-by-a-method": "{% set a = 'xx' %}" + "{% set a = '{0}{0}'.format(a) %}" * 50,
    "doubled-by-a-mapping": "{% set a = 'xx' %}"
    + "{% set a = '{a}{a}'.format_map({'a': a}) %}" * 50,
    "doubled-by-join": "{% set a = 'xx' %}" + "{% set a = [a, a]|join %}" * 50,
    "doubled-by-a-joining-text": "{% set a = 'xx' %}" + "{% set a = a.join([a, a, a]) %}" * 50,
    "doubled-in-a-macro": "{% macro f(a) %}{{ f(a ~ a) }}{% endmacro %}{{ f('xx') }}",
    "laughing-lists": "{% set a = ['x'] %}" + LAUGH * 15 + "{{ a }}",
    "laughing-tuples": "{% set a = ('x',) %}" + "{% set a = (a,a,a,a,a,a,a,a,a) %}" * 15
    + "{{ {a: 1} }}",
    "laughing-mappings": "{% set a = {'a': 'x'} %}"
    + "{% set a = {'a': a, 'b': a, 'c': a, 'd': a} %}" * 25 + "{{ a }}",
    "laughing-lists-compared": "{% set a = ['x'] %}{% set b = ['x'] %}"
    + LAUGH * 15 + "{% set b = [b,b,b,b,b,b,b,b,b,b] %}" * 15
    + "{{ a == b }}",
    "laughing-plans": "{% set a = [plan] %}" + LAUGH * 5 + "{{ a }}",
    "laughing-plans-joined": PLANS + "{{ a|join }}",
    "plans-in-yaml": PLANS + "{{ a|yaml }}",
    "plans-as-text": PLANS + "{{ a ~ '' }}",
    "plans-in-upper-case": PLANS + "{{ a|upper }}",
    "plans-in-a-format": PLANS + "{{ '%s' % (a,) }}",
    "joined": LONG + "{{ ([long] * 1000000)|join }}",
    "joined-by-much": LONG + MANY + "{{ many|join(long) }}",
    "joined-by-a-method": LONG + "{{ long.join(['a'] * 100000) }}",
    "joined-by-an-attribute": LONG + PLANS + "{{ a|join(long, attribute='issuer') }}",
    "replaced": LONG + "{{ long|replace('x', long) }}",
    "replaced-by-a-method": LONG + "{{ long.replace('x', long) }}",
    "replaced-nothing": LONG + "{{ long.replace('', long) }}",
    "translated": LONG + "{{ long.translate({120: long}) }}",
    "tabs": "{% set a = '\\t' * 1000000 %}{{ a.expandtabs(10000) }}",
    "indented": "{% set a = '\\n' * 1000000 %}{{ a|indent(10000, blank=true) }}",
    "indented-by-much": LONG + "{% set a = '\\n' * 100000 %}{{ a|indent(long, blank=true) }}",
    "format-of-much": LONG + "{{ ('%s' * 100000) % (long,) }}",
    "format-by-name": LONG + "{{ ('%(a)s' * 100000) % {'a': long} }}",
    "format-by-number": LONG + "{{ ('{0}' * 100000).format(long) }}",
    "format-with-widths": "{{ ('{0:9999}' * 100000).format(1) }}",
    "format-of-wide-numbers": "{{ ('%(a)9999d' * 90000) % {'a': 1} }}",
    "squared": "{% set a = 99999 %}" + "{% set a = a * a %}" * 60,
    "many-digits-rounded": "{{ 1|round(999999999, 'ceil') }}",
    "sums-of-lists": "{% set a = [[1]] * 400000 %}{{ a|sum(start=[]) }}",
    "lists-of-lists": LONG + "{{ ([long] * 1000)|map('list')|list }}",
    "centred-each": "{{ ([1] * 900000)|map('center', 10000)|list }}",
    "sought": MANY + TEN + nested(7, "{{ 2 in many }}")[len(TEN) :],
    "sought-in-text": LONG + nested(7, "{{ 'y' in long }}"),
    "sought-by-a-test": MANY + "{{ many|select('in', many)|list }}",
    "counted": MANY + nested(7, "{{ many.count(2) }}{{ many|list|length }}"),
    "sorted": MANY + nested(6, "{{ (many|sort)[0] }}{{ many|unique|list }}"),
    "sliced": MANY + nested(6, "{% set b = many[1:] %}"),
    "sliced-and-kept": MANY + "{% macro f(a) %}{{ f(a[1:]) }}{% endmacro %}{{ f(many) }}",
    "written": LONG + nested(6, "{{ long }}"),
    "escaped": "{% set a = '*' * 1000000 %}" + nested(6, "{{ a }}"),
    "upper-case": LONG + nested(6, "{% set a = long|upper %}"),
    "split": LONG + nested(6, "{% set a = long.split('x') %}"),
    "called-names": nested(9, "{{ missing('a') }}"),
}  # fmt: skip

REFUSED = re.compile(
    r"it does more than any document needs|is more than|is not allowed|that many digits"
    r"|only numbers can be summed|maximum recursion depth|a width in this format is too large"
    r"|too many statically nested blocks"
)


@pytest.fixture(scope="module")
def complaints() -> Mapping[str, str]:
    """Return what was said of each endless template, as far as the process came."""
    pytest.importorskip("resource", reason="this system bounds no memory")
    done = subprocess.run(
        [sys.executable, "-c", _CHILD],
        input=json.dumps(ENDLESS),
        env=clean_environment() | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return dict(map(json.loads, done.stdout.splitlines()))


@pytest.mark.slow
@pytest.mark.parametrize("name", ENDLESS)
def test_what_never_ends_is_refused(name: str, complaints: Mapping[str, str]) -> None:
    """At its place; where an answer lacks, the process was ended there or before."""
    said = complaints[name]

    assert re.match(r"refused: templates/x\.j2:[0-9]+: the template has a mistake: ", said), said
    assert REFUSED.search(said), said


def test_the_line_is_that_of_the_loop(tmp_path: Path) -> None:
    said = filled(f"Báo cáo\n{nested(9)}", tmp_path)

    assert said.startswith("refused: templates/x.j2:3: ")


def test_one_that_another_includes_is_named(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "part.j2").write_text(f"\n{nested(9)}", encoding="utf-8")

    said = filled("{% include 'part.j2' %}", tmp_path)

    assert said.startswith("refused: templates/part.j2:3: ")


def test_a_template_of_a_million_signs_is_not_read(tmp_path: Path) -> None:
    assert filled("x" * 1_000_001, tmp_path) == (
        "refused: x.j2: the template has a mistake: x.j2 is too large for a template"
    )
    assert len(filled("x" * 1_000_000, tmp_path)) == 200


@pytest.mark.parametrize("name", ["attr", "pprint", "striptags", "urlize", "wordwrap", "xmlattr"])
def test_filters_that_no_document_needs_are_not_there(name: str, tmp_path: Path) -> None:
    assert f"No filter named '{name}'" in filled(f"{{{{ 'a'|{name} }}}}", tmp_path)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("{% for a in 'abc' %}{{ loop.index }}{% endfor %}", "123", id="loop"),
        pytest.param("{{ ['a', 'b']|map('upper')|join(', ') }}", "A, B", id="generator-joined"),
        pytest.param("{{ ', '.join(['a']|map('upper')) }}", "A", id="generator-by-a-method"),
        pytest.param("{{ [1, 2, 3]|select('odd')|list|length }}", "2", id="generator-counted"),
        pytest.param("{{ [1, 2.5]|sum }}", "3.5", id="sum"),
        pytest.param("{{ plan.units|map(attribute='id')|first }}", "van-phong", id="attributes"),
        pytest.param("{{ plan.tasks()|length }}", "35", id="generator-of-ours"),
        pytest.param("{{ 'a' in ['a'] and 'b' not in 'a' }}", "True", id="in"),
        pytest.param("{{ 1 < 2 <= 2 != 3 }}", "True", id="compared"),
        pytest.param("{{ nobody is defined }}", "False", id="defined"),
        pytest.param("{{ 'abcd'[1:3] ~ 1 }}", "bc1", id="sliced"),
        pytest.param("{{ 7 * 6 }}{{ 'a' * 2 }}", "42aa", id="multiplied"),
        pytest.param("{{ 'a-b'.replace('-', '+')|replace('b', 'c') }}", "a+c", id="replaced"),
        pytest.param("{{ '%s là %(a)s' is string }}", "True", id="text-of-gaps"),
        pytest.param("{% for a, b in [(1, 2)] %}{{ b }}{% endfor %}", "2", id="pairs"),
        pytest.param("{% set a, b = 1, 2 %}{{ b }}", "2", id="two-at-once"),
        pytest.param(
            "{% macro f(a) %}<{{ a }}>{% endmacro %}{{ f(1) }}{{ f(a=2) }}", "<1><2>", id="macro"
        ),
        pytest.param("{{ '2.555'|float|round(2) }}", "2.56", id="rounded"),
    ],
)
def test_what_documents_need_is_let_through(text: str, shown: str, tmp_path: Path) -> None:
    said = filled(text, tmp_path)

    assert re.sub(r"\\(.)", r"\1", said).replace(",", ".") == shown.replace(",", ".")


def test_a_filling_takes_a_small_part_of_its_budget(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a plan of hundreds of times as many tasks still has its documents."""
    left: list[int] = []
    spend = budget.Budget.spend

    def noted(own: budget.Budget, signs: int) -> None:
        spend(own, signs)
        left.append(own.left)

    monkeypatch.setattr(budget.Budget, "spend", noted)
    (tmp_path / "x.j2").write_text("{% for one in plan.tasks() %}{{ one[1].title }}\n{% endfor %}")
    template.render("x.j2", {"plan": the_plan()}, tmp_path)

    assert 2_000 < budget.MOST - left[-1] < 20_000
