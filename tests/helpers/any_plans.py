"""Plans of all kinds, with texts that YAML could take for something else."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from parplan.plan.document import Appendix, Basis, Clause, Document, Signer
from parplan.plan.model import Dated, Plan, Section, Target, Task, Unit
from parplan.schedule.rules import Continuous, Days, Every, In, On, OnDirective

words = st.text(min_size=1)
# What YAML takes for something else than text, or for the end of it.
traps = st.sampled_from(
    [
        *("", " ", "null", "~", "yes", "2025", "2025-06", "12.5", "-", "- a", "a: b", "a #b", "#a"),
        *(
            "a:",
            ": a",
            "[a]",
            "{a: b}",
            "a, b",
            "'a'",
            '"a"',
            "|",
            ">",
            "%a",
            "@a",
            "`a",
            "&a",
            "*a",
        ),
        *("!a", "? a", "---", "...", " a", "a ", "a\nb", "a\n\nb\n", "\n", "\ta", "a\tb", "a\r\nb"),
        *("a\x85b", "a\u2028b", "\ufeffa", "a\x07", "true", "=", "<<", "a  b " * 40, "a\n b\n" * 9),
    ]
)
texts = st.one_of(st.text(), traps)
names = st.one_of(words, traps.filter(bool))
days = st.dates(dt.date(1900, 1, 1), dt.date(2999, 12, 31))
rules = st.one_of(
    st.builds(Every, st.sampled_from(["month", "year"]), before=st.integers(1, 31), label=texts),
    st.builds(In, st.sampled_from(["2025", "2025-06", "2025-Q4..2026-Q2"]), label=texts),
    st.builds(Days, st.just((15, 30)), label=texts),
    st.builds(On, by=days, label=texts),
    st.builds(Continuous, st.just(True)),
    st.builds(OnDirective, names, within=st.just("20 days")),
)
tasks = st.builds(
    Task,
    id=st.from_regex(r"[^@\s]+", fullmatch=True),
    title=names,
    schedule=st.lists(rules, max_size=3),
    short=texts,
    requirement=texts,
    target=st.none() | st.builds(Target, at_least=st.just(Decimal("99.5")), unit=texts),
    deadline_text=texts,
    units=st.lists(names, max_size=3),
    supporting=st.lists(names, max_size=2),
)
clauses = st.recursive(
    st.builds(Clause, texts, texts, texts, st.lists(names, max_size=2), remark=texts),
    lambda inner: st.builds(Clause, texts, title=texts, items=st.lists(inner, max_size=2)),
    max_leaves=4,
)
plans = st.builds(
    Plan,
    schema=st.just(1),
    year=st.integers(1900, 2999),
    document=st.builds(Document, names, names, names, names, number=texts, date=st.just("2025-03")),
    issuer=names,
    effective_from=days,
    sections=st.lists(st.builds(Section, names, names, st.lists(tasks, max_size=2)), max_size=2),
    superior=st.lists(st.builds(Dated, names, st.none() | days, st.none() | days), max_size=2),
    bases=st.lists(st.builds(Basis, names, texts, st.none() | days, texts), max_size=2),
    preamble=texts,
    text=st.lists(clauses, max_size=2),
    closing=texts,
    recipients=st.lists(names, max_size=3),
    signer=st.none() | st.builds(Signer, names, texts, texts),
    appendix=st.none() | st.builds(Appendix, names, texts, st.lists(names, max_size=3)),
    units=st.lists(st.builds(Unit, st.just("a-1"), names, st.lists(names, max_size=2)), max_size=2),
)
