"""Which names and filters can a template use?

Writes ``docs/templates.md`` from ``parplan.report.model`` and
``parplan.render.template.markdown_values``: every name with its type and meaning,
every filter with an example that is run.
``--check`` writes nothing and tells whether the page is stale.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import tempfile
import types
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from parplan import i18n
from parplan.agenda.counts import TaskCounts
from parplan.agenda.items import Item
from parplan.forms.figures import FigureCell
from parplan.journal.record import Evidence, News
from parplan.plan.decided import Decision
from parplan.plan.model import Plan, Target, Task
from parplan.render.template import markdown_values
from parplan.report import model
from parplan.schedule.periods import Period
from parplan.score.index import Criterion, Field, Group, Index
from parplan.score.model import LeafScore, Outlook, PartScore, SelfScore
from parplan.score.rules import PerItem

PAGE = Path(__file__).resolve().parent / "templates.md"

_INTRODUCTION = """\
# Mẫu báo cáo

Báo cáo tuần, tháng và chuyên đề được soạn từ mẫu `report.md.j2`; báo cáo quý, 6 tháng, 9 tháng và
năm từ `report-outline.md.j2`, theo đề cương (`outline`) của kế hoạch; phụ lục của cả hai từ
`report-appendix.md.j2`. Kế hoạch, công văn đôn đốc, báo cáo tự chấm điểm và biểu mẫu thống kê được
soạn từ các mẫu `document.md.j2`, `reminder.md.j2`, `score.md.j2`, `forms.md.j2`, văn bản điều chỉnh
kế hoạch từ `amendment.md.j2`, báo cáo về nhiều đơn vị từ `offices.md.j2`. Muốn đổi lời
văn, chép các mẫu vào thư mục làm việc rồi sửa; mẫu trong thư mục `templates/` của anh chị được dùng
trước mẫu của parplan:

```sh
parplan init --templates         # chép templates/report.md.j2 và các mẫu khác vào đây
parplan report --month 6         # từ nay dùng mẫu vừa chép
parplan report --month 6 --template bao-cao-ngan.md.j2
```

Ví dụ, trong `templates/report.md.j2` thay câu kết bằng:

```jinja
Trên đây là báo cáo {{ period.name | period }} của {{ plan.issuer }}: {{ totals.done }} trên \
{{ totals.due }} việc đến hạn đã hoàn thành ({{ totals.share(totals.done) }}%)./.
```

Mẫu viết bằng [Jinja](https://jinja.palletsprojects.com/en/stable/templates/), kết quả là Markdown.
Viết sai thì parplan báo `templates/report.md.j2:12: …` và không ghi tệp nào. Mẫu không đọc được tệp
nào khác ngoài các mẫu, không chạy được lệnh nào. Mẫu lặp mãi không dừng thì bấm Ctrl-C.

Dòng `###### …` là dòng đậm ở giữa, như “QUYẾT ĐỊNH:”.

Mẫu chỉ viết phần thân. Phần đầu của dự thảo, giữa hai dòng `---` (loại, số và ký hiệu, cơ quan,
ngày, trích yếu, nơi gửi, người ký), do parplan tự ghi; muốn đổi thì sửa ngay trong dự thảo. Mẫu
chép từ bản trước, mở đầu bằng phần đầu của riêng mình, vẫn dùng được như cũ: phần đầu ấy được giữ
nguyên. Muốn parplan ghi thay thì xóa các dòng ấy, kể cả hai dòng `---`.

The rest of this page is generated: `python docs/generate_templates.py` writes it from the code.
A value is written as text that Markdown shows as it is; dates as 09/6/2025, numbers as 98,5.
Beside the filters below there are
[Jinja's own](https://jinja.palletsprojects.com/en/stable/templates/#list-of-builtin-filters);
of its functions (`range`, `dict`, `cycler` and others) there are none. A name that is not there is
a mistake, and not an empty place.
"""

Entry = tuple[str, str, str]
"""Name, type, meaning."""

COMMON: Sequence[Entry] = (
    (
        "issuer_symbol",
        "text",
        "Abbreviation of the issuing body, from the plan's symbol: 'UBND' of 'KH-UBND'.",
    ),
    (
        "authority",
        "text",
        "On whose behalf is signed: the plan's, else 'TM. ỦY BAN NHÂN DÂN' for a UBND.",
    ),
    ("plan_date", "date or none", "Day on which the plan was issued; none until it is known."),
)
REPORT: Sequence[Entry] = (
    (
        "title",
        "text",
        "Subject of the report: plan and period, 'chuyên đề' for a part of the plan.",
    ),
    ("forms", "[Forms](format.md#forms) or none", "The statistical forms that go with it."),
    (
        "pages",
        "list of pairs",
        "Its [statistical forms](#statistical-forms-formsmdj2), as in `forms.md.j2`.",
    ),
)
DOCUMENT: Sequence[Entry] = (
    ("plan", "[Plan](format.md#plan)", "The plan, as in its file."),
    ("superior", "text", "Superior body of the day from which the plan is in force."),
    (
        "sections",
        "list of sections",
        "The appendix: each with its `section` and `rows`, and each row with its `task` and, in a "
        "consolidated plan, `last_day`, `added` and `handed_over`.",
    ),
    ("consolidated_on", "date or none", "Day until which amendments are taken in."),
    ("columns", "list of text", "Five column headings of the appendix, the plan's or usual ones."),
)
REMINDER: Sequence[Entry] = (
    ("plan", "[Plan](format.md#plan)", "The plan, as in its file."),
    ("unit", "[Unit](format.md#unit)", "To whom the letter goes."),
    ("as_of", "date", "Day of drafting."),
    ("superior", "text", "Superior body of that day."),
    ("overdue", "list of [Item](#item)", "The unit's overdue items, by due date."),
    ("due_soon", "list of [Item](#item)", "Its items that are due within 7 days."),
)
AMENDMENT: Sequence[Entry] = (
    ("plan", "[Plan](format.md#plan)", "The plan, with the amendments in it."),
    ("as_of", "date", "Day of drafting."),
    ("kind", "text", "Type of the document; empty for a letter."),
    ("decisions", "list of [Decision](#decision)", "What it changes, in the plan's order."),
    ("units", "list of text", "Who must follow it."),
    ("issuer_in_full", "text", "The issuing body, written out."),
)
SCORE: Sequence[Entry] = (
    ("plan", "[Plan](format.md#plan)", "The plan, as in its file."),
    ("superior", "text", "Superior body of the day of drafting."),
    ("leaves", "list of [LeafScore](#leafscore)", "All criteria that are scored by themselves."),
    (
        "lines",
        "list of pairs",
        "Each line of the index with its level from 0: a [PartScore](#partscore) or a "
        "[LeafScore](#leafscore).",
    ),
    ("records", "whole number", "Number of records that the score rests on."),
)
FORMS: Sequence[Entry] = (
    ("plan", "[Plan](format.md#plan)", "The plan, as in its file."),
    ("as_of", "date", "Day of drafting."),
    ("forms", "[Forms](format.md#forms)", "The statistical forms, as in their file."),
    ("period", "period", "Period of the figures: `name`, `first`, `last`."),
    ("window", "period", "Days whose data of the plan they take: `first`, `last`."),
    (
        "pages",
        "list of pairs",
        "Each [form](format.md#form) with its lines: `row` (a [FormRow](format.md#formrow)), "
        "`is_heading`, `is_asked` (a figure is lacking), and the cells `cell`, `before` (the "
        "period before) and `year_before`, each with `value` and `record` (`text` is the remark).",
    ),
)
OFFICES: Sequence[Entry] = (
    ("as_of", "date", "Day of drafting."),
    ("period", "period", "Period reported on: `name`, `first`, `last`."),
    ("title", "text", "Subject of the report."),
    (
        "plan",
        "text",
        "Title that all plans have, without the names of their offices; empty where they differ.",
    ),
    ("unit", "text", "The unit whose tasks alone count, as it was typed; else empty."),
    ("section", "text", "The section whose tasks alone count, as it was typed; else empty."),
    ("total", "[Figures](#figures)", "The numbers of all offices that could be read."),
    (
        "offices",
        "list of offices",
        "Those that could be read: each with its `name`, `figures` ([Figures](#figures)), `late` "
        "(what is overdue, longest first: `task`, `section`, `title`, `short`, `label`, `due`, "
        "`days_left`, `units`) and `last_record`, the day of its latest record or none.",
    ),
    ("complete", "list of offices", "Those that have done all whose due day has come."),
    ("idle", "list of offices", "Those of which nothing was asked until that day."),
    ("behind", "list of offices", "Those with overdue work, most of it first."),
    ("silent", "list of offices", "Those without a record in `silent_days`, longest first."),
    ("silent_days", "whole number", "After so many days without a record an office is named."),
    (
        "unreadable",
        "list",
        "Offices that do not count: each its name, a file or nothing, the line in it or 0, and "
        "what is wrong there.",
    ),
    ("doubtful", "list", "Offices that count but for a part of their journal, in the same way."),
)
FIGURES: Sequence[Entry] = (
    ("reached", "whole number", "Those that are done, or whose due day has come."),
    ("behind", "whole number", "Of these, not done: overdue, or due on that day."),
    ("share(number)", "number or none", "`number` as per cent of `reached`; none of nothing."),
    ("early", "whole number", "Done although their due day has not come; in `counts.on_time`."),
    ("not_reached", "whole number", "Open, their due day not come."),
    ("counts", "numbers", "All: `done`, `on_time`, `late`, `overdue`, `cancelled` and others."),
    ("no_deadline", "whole number", "Tasks without a deadline."),
    ("unread", "whole number", "Tasks whose deadline nobody has read yet."),
)
ITEM: Sequence[Entry] = (
    ("task", "[Task](format.md#task)", "The task, as in the plan."),
    ("section", "[Section](format.md#section)", "Its section."),
    ("occurrence", "occurrence", "What falls due: `ref`, `period`, `due`, `label`."),
    ("due", "date", "Last day in time, inclusive; the plan's or a directive's."),
    ("days_left", "whole number", "Days until then; negative after it."),
    ("last_working_day", "date", "Last working day until then."),
    ("timing", "text or none", "'overdue' or 'due-soon' here."),
    ("state", "text", "Work state: 'not-started', 'in-progress' or 'paused' here."),
    ("progress", "progress", "What was recorded: `percent`, `value`, `reason`, `evidence`."),
)
GLOBALS: Sequence[Entry] = (
    (
        "missing(what)",
        "function",
        "The mark of a place that the clerk must fill: `[cần bổ sung: …]`. It is highlighted, "
        "and listed by the command. `report --take-notes` takes what is typed in its place where "
        "`what` begins with 'kết quả', 'nguyên nhân' or 'lý do' and ends with the number of a task "
        "or the reference of an occurrence.",
    ),
    ("br", "text", "A line end inside a paragraph or a table cell."),
)

BOARD: Sequence[Entry] = (
    ("plan", "[Plan](format.md#plan)", "The plan, as in its file."),
    ("summary", "Summary", "The year's picture: every number, row and item of the page."),
    ("as_of", "date", "The day that counts as today."),
    (
        "without_calendar",
        "list of text",
        "What must be said where working days are counted without a calendar; else empty.",
    ),
    ("now", "whole number", "Month of that day, -1 in another year than the plan's."),
    ("kinds", "list of text", "What an occurrence can be, in the order of the legend."),
    ("groups", "list of pairs", "Each section (Group) with the lines (Line) of its tasks."),
    ("left_out", "whole number", "Tasks of a very large plan that the table leaves out."),
    ("months", "list of whole numbers", "Columns of the table; 0 and 13 are other years."),
    ("overdue", "list of Listed", "What is overdue, longest first; at most 150."),
    ("overdue_all", "whole number", "How many these are in all."),
    ("coming", "list of Listed", "What falls due within `ahead` days; at most 150."),
    ("coming_all", "whole number", "How many these are in all."),
    ("ahead", "whole number", "How many days ahead the page looks."),
    ("notes", "list", "Latest records: each with its Row, and its section and units as numbers."),
    ("chart", "Chart", "The curve as paths of an SVG."),
    ("by_month", "list", "Each Month, with what was due and what was done by its end."),
    ("problems", "list of problems", "What is wrong in the journal."),
    (
        "score",
        "[Score](#self-assessment-scoremdj2) or none",
        "The self-score, if there is one.",
    ),
    ("language", "text", "In which the page speaks: `vi` or `en`."),
    ("version", "text", "Changes with the page where it is served; else empty."),
    ("policy", "text", "The content security policy: this style, these scripts, no request."),
    ("style", "HTML", "`board/style.css`."),
    ("scripts", "list of HTML", "`board/filter.js`, and `board/live.js` where it is served."),
)
BOARD_FILTERS: Mapping[str, str] = {
    "state": "A work state in words.",
    "timing": "A timing in words.",
    "standing": "How an item stands, in words: 'còn 7 ngày'.",
    "standing_all": "The same with its state and percentage.",
    "kind": "The kind of a record in words: 'ghi chú'.",
    "content": "What a record says, in one line.",
    "mark": "What an item's symbol is called.",
    "pieces": "The pieces of a bar, of counts.",
    "letter": "The letter in a symbol.",
    "word": "What a symbol means.",
    "month": "A column's heading, of its number: 'T6'.",
    "percent": "A share: '37,5%'.",
    "day": "A date: '09/06/2025'.",
    "short_date": "A date without its year: '09/06'.",
    "period": "A period's name as people say it.",
    "problem": "A problem with its place, as `check` prints it.",
    "one_line": "Text in one line.",
    "tasks_counted": "How many tasks stand in which way, in a sentence.",
    "points": "A score without zeros that say nothing.",
    "out_of": "A score and the highest that it could be: '1/6'.",
    "outlook": "A score's forecast: '1–2'.",
    "score_total": "The total in a sentence.",
    "score_notes": "What must be said beside the total, sentence by sentence.",
}
_BOARD_INTRODUCTION = """\
## Board: `board/page.html.j2`

The page of `parplan board`. One of your own stands in `templates/board/`, as may a `style.css`;
`init --templates` copies neither. It is HTML and speaks through `_` and `ngettext`; every value is
escaped, and no script or style but those named below can run. What a `Summary`,
`YearRow`, `YearGroup`, `Month` and `Counts` hold is in `parplan/agenda/year.py` and
`parplan/agenda/counts.py`; a `BoardLine`, `Mark` and `Listed` in `parplan/render/board/page.py`,
a `Chart` in `parplan/render/board/chart.py`.
"""

_DESCRIBED: Mapping[tuple[type, str], str] = {
    (Evidence, "number"): "Number and symbol of a document: 'TB 12/TB-UBND'.",
    (Evidence, "file"): "File of the workspace.",
    (Period, "kind"): "What it is.",
    (Period, "name"): "'2025-06', '2025-Q2', '2025-03-18..2025-06-30'.",
    (Period, "year"): "Year in its name.",
    (Period, "number"): "Which week, month, quarter or half of that year it is, from 1.",
    (Period, "ends"): "The first and the last period of a range.",
    (Period, "first"): "First day.",
    (Period, "last"): "Last day, inclusive.",
}
"""Meanings that the model does not give."""

_SCORE_BLOCKS: Sequence[type] = (
    PartScore,
    LeafScore,
    Outlook,
)
_BLOCKS: Sequence[type] = (
    model.Totals,
    TaskCounts,
    model.ReportSection,
    model.ReportRow,
    model.Due,
    model.Sentence,
    model.OutlineText,
    model.Chapter,
    model.Passage,
    model.TaskResult,
    model.DutySeries,
    model.Delay,
    model.Direction,
    Evidence,
    Period,
)
_WITH_VIEWS = (model.Due, model.DutySeries, model.Passage, TaskCounts)
"""Those whose properties a template uses too."""
_ELSEWHERE: Mapping[type, str] = {
    News: "[record](format.md#the-journal)",
    Plan: "[Plan](format.md#plan)",
    Item: "[Item](#item)",
    Target: "[Target](format.md#target)",
    Task: "[Task](format.md#task)",
    Index: "[Index](format.md#index)",
    Criterion: "[Criterion](format.md#criterion)",
    Field: "[Field](format.md#field)",
    Group: "[Group](format.md#group)",
}
_PLAIN: Mapping[Any, str] = {
    str: "text",
    int: "whole number",
    bool: "true or false",
    dt.date: "date",
    Decimal: "number",
    type(None): "none",
}

_DAY = dt.date(2025, 6, 9)
_LEAF = LeafScore(
    part="1",
    criterion=Criterion("1.1", "Giao ban", Decimal(2), rule=PerItem(Decimal(1)), tasks=["4"]),
    status="measured",
    outlook=Outlook(Decimal("1.00"), Decimal("2.00"), Decimal("1.00")),
    measured=Decimal("1.00"),
    grade="",
    reason="lần 2 vào tháng 11",
    evidence=[],
    lacks=["evidence"],
    open_tasks=["4"],
)
FILTERS: Mapping[str, tuple[str, object, str]] = {
    "long_date": ("day | long_date", _DAY, "A date as official documents write it."),
    "period": ("name | period", "2025-Q2", "A period's name as people say it."),
    "state": ("state | state", "in-progress", "A work state in words."),
    "timing": ("timing | timing", "overdue", "A timing in words."),
    "target": (
        "target | target",
        Target(at_least=Decimal(2), unit="lần", per="year"),
        "A target in words.",
    ),
    "official_date": ("day | official_date", _DAY, "A date in figures, as every date is written."),
    "documents": (
        "evidence | documents",
        [Evidence("TB 12/TB-UBND"), Evidence(file="anh.jpg")],
        "The documents of a list of evidence, by number.",
    ),
    "two_digits": ("number | two_digits", 2, "A number with two digits at least: 02, 35, 1.250."),
    "evidence": (
        "evidence | evidence",
        [Evidence("TB 12/TB-UBND"), Evidence(file="anh.jpg")],
        "A list of evidence in words.",
    ),
    "sentence": ("text | sentence", "đã gửi", "Text as a sentence: capital first, full stop last."),
    "full_name": ("body | full_name", "UBND phường", "The name of a body written out."),
    "points": ("score | points", Decimal("8.50"), "A score without zeros that say nothing."),
    "figure": (
        "cell | figure",
        FigureCell(Decimal("1250.50"), "recorded"),
        "A figure, thousands apart; '-' where it was recorded that there is none.",
    ),
    "earned": ("one | earned", _LEAF, "The points of a criterion, or why it has none."),
    "explanation": ("one | explanation", _LEAF, "What was measured, and the office's words."),
    "lacks": ("one | lacks", _LEAF, "What a criterion lacks, but for its explanation."),
    "lower_first": ("text | lower_first", "Cải cách", "Text with its first letter small."),
    "bodies": (
        "waits_for | bodies | join(', ')",
        ["UBND tỉnh", "yêu cầu"],
        "Whose word is waited for, without what is an event.",
    ),
    "events": (
        "waits_for | events | join(', ')",
        ["UBND tỉnh", "yêu cầu"],
        "Which events are waited for, in words.",
    ),
    "yaml": (
        "value | yaml",
        ["UBND: A"],
        "A value as YAML, quoted: for a template with a header of its own, between `---`.",
    ),
}
"""Each filter with an example, the value that its first name stands for, and its meaning."""


def page() -> str:
    """Return the page as it should be."""
    i18n.use("vi")
    return "\n".join([_INTRODUCTION, *_parts()])


def _parts() -> Iterator[str]:
    yield "## Report: `report.md.j2`, `report-outline.md.j2`, `report-appendix.md.j2`\n"
    yield _table([*_entries(model.Report), *REPORT, *COMMON])
    for cls in _BLOCKS:
        yield f"### {cls.__name__}\n\n{_summary(cls)}\n"
        yield _table([*_entries(cls), *_methods(cls)])
    yield "## Plan: `document.md.j2`\n"
    yield _table([*DOCUMENT, *COMMON])
    yield "## Letter: `reminder.md.j2`\n"
    yield _table([*REMINDER, *COMMON])
    yield "### Item\n\nOne occurrence as it stands on the day of drafting.\n"
    yield _table(ITEM)
    yield "## Amendment: `amendment.md.j2`\n"
    yield _table([*AMENDMENT, *COMMON])
    yield f"### Decision\n\n{_summary(Decision)}\n"
    yield _table([*_entries(Decision)])
    yield "## Self-assessment: `score.md.j2`\n"
    yield _table([*_entries(SelfScore), *SCORE, *COMMON])
    for cls in _SCORE_BLOCKS:
        yield f"### {cls.__name__}\n\n{_summary(cls)}\n"
        yield _table([*_entries(cls), *_methods(cls)])
    yield "## Statistical forms: `forms.md.j2`\n"
    yield _table([*FORMS, *COMMON])
    yield "## Many offices: `offices.md.j2`\n"
    yield _table(OFFICES)
    yield "### Figures\n\nHow many occurrences of an office, or of all, stand in which way.\n"
    yield _table(FIGURES)
    yield "## In every template but the board's\n"
    yield _table(GLOBALS)
    yield "## Filters\n"
    yield _rows(("filter", "example", "gives", "meaning"), list(_filters()))
    yield _BOARD_INTRODUCTION
    yield _table(BOARD)
    yield "Its filters:\n"
    rows = [(f"`{name}`", meaning) for name, meaning in BOARD_FILTERS.items()]
    yield _rows(("filter", "meaning"), rows)


def _entries(cls: type) -> Iterator[Entry]:
    for name, kind in get_type_hints(cls, include_extras=True).items():
        yield name, _type(kind), _DESCRIBED.get((cls, name)) or _meaning(kind)
    for name, view in vars(cls).items() if cls in _WITH_VIEWS else ():
        if isinstance(view, property):
            yield name, _type(get_type_hints(view.fget)["return"]), view.__doc__ or ""


def _methods(cls: type) -> Iterator[Entry]:
    if cls is model.Totals:
        summary = " ".join((model.Totals.share.__doc__ or "").split())
        yield "share(count)", "number or none", summary.replace("``", "`")
    if cls in (PartScore, LeafScore):
        yield "counts", "true or false", "Whether the office scores it, or some of it, itself."


def _meaning(kind: Any) -> str:
    """Return the description in the annotation ``kind``; raises ValueError where it has none."""
    descriptions = [meta.description for meta in get_args(kind) if isinstance(meta, msgspec.Meta)]
    if not descriptions or not descriptions[0]:
        raise ValueError(f"no description: {kind}")
    return str(descriptions[0])


def _type(kind: Any) -> str:
    """Return in words what a value of the annotation ``kind`` is."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _type(inner[0])
    if origin in (Union, types.UnionType):
        return " or ".join(dict.fromkeys(map(_type, inner)))
    if origin is list:
        return f"list of {_type(inner[0])}"
    if origin is tuple:
        return f"pair of {_type(inner[0])}"
    if origin is Literal:
        return ", ".join(f"`{literal}`" for literal in inner)
    if kind in (*_BLOCKS, *_SCORE_BLOCKS):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    name: str = _ELSEWHERE.get(kind) or _PLAIN[kind]
    return name


def _summary(cls: type) -> str:
    return " ".join((cls.__doc__ or "").partition("\n\n")[0].replace("``", "`").split())


def _filters() -> Iterator[tuple[str, str, str, str]]:
    for name, (example, value, meaning) in FILTERS.items():
        yield f"`{name}`", f"`{{{{ {example} }}}}`", _run(example, value), meaning


def _run(example: str, value: object) -> str:
    """Return what a template with ``example`` gives."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "example.j2"
        path.write_text(f"{{{{ {example} }}}}", encoding="utf-8")
        return markdown_values.render(path.name, {example.partition(" ")[0]: value}, path.parent)


def _table(entries: Sequence[Entry]) -> str:
    rows = [(f"`{name}`", kind, meaning) for name, kind, meaning in entries]
    return _rows(("name", "type", "meaning"), rows)


def _rows(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [titles, ["---"] * len(titles), *rows]
    cells = ([cell.replace("|", r"\|") for cell in line] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


def main() -> int:
    """Write the page if it is stale, or with ``--check`` say so; return the exit status."""
    parser = argparse.ArgumentParser(description="Bring docs/templates.md up to date.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if stale")
    only_check = parser.parse_args().check
    text = page()
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    if only_check:
        print("docs/templates.md is stale; run: python docs/generate_templates.py", file=sys.stderr)
        return 1
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    print("docs/templates.md: written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
