"""Which commands are there?  Names and summaries, so that the help imports none of them."""

from __future__ import annotations

from typing import NamedTuple

from parplan.problem import N_
from parplan.text import fold


class Entry(NamedTuple):
    """A command: ``vietnamese`` is the other name, without accents, of one of daily work."""

    module: str
    summary: str
    vietnamese: str = ""


COMMANDS = {
    "due": Entry("due", N_("List what falls due in a period, and what is overdue."), "han"),
    "list": Entry("list", N_("List the plan's tasks.")),
    "show": Entry("show", N_("Show one task as issued, its occurrences and its history.")),
    "note": Entry("states", N_("Record progress: a note, a percentage, a value, evidence."), "ghi"),
    "start": Entry("states", N_("Record that work has begun.")),
    "done": Entry("states", N_("Record that an occurrence is done."), "xong"),
    "pause": Entry("states", N_("Record that work is paused.")),
    "cancel": Entry("states", N_("Record that an occurrence is cancelled.")),
    "reopen": Entry("states", N_("Record that a closed or paused occurrence is open again.")),
    "sheet": Entry("sheet", N_("Write an Excel sheet in which units fill in what is new.")),
    "record": Entry("record", N_("Record what filled-in sheets or lines of text say.")),
    "directive": Entry("directive", N_("Record a deadline that a directive gives or moves.")),
    "undo": Entry("undo", N_("Retract your last record, or a named one.")),
    "edit": Entry(
        "edit", N_("Put a record right: its text, day, evidence, value or share."), "sua"
    ),
    "log": Entry("log", N_("List what was recorded, newest first.")),
    "report": Entry("report", N_("Write the draft of a report."), "baocao"),
    "document": Entry("document", N_("Write the plan itself as an official document.")),
    "reminder": Entry("reminder", N_("Write a letter to each unit with late or urgent work.")),
    "digest": Entry("digest", N_("Write e-mails to the units, ready to send.")),
    "score": Entry("score", N_("Show the self-score by the index, and its forecast.")),
    "score set": Entry("score_set", N_("Set or explain a criterion's score by hand.")),
    "score risk": Entry("score_risk", N_("List the open tasks by the points at risk.")),
    "score gaps": Entry("score_gaps", N_("List what lacks evidence or an explanation.")),
    "score report": Entry("score_report", N_("Write the self-assessment report.")),
    "score xlsx": Entry("score_xlsx", N_("Write the self-assessment as an Excel workbook.")),
    "score import": Entry("score_import", N_("Read the criteria from an Excel or CSV file.")),
    "score example": Entry("score_example", N_("Write an example of an index to begin with.")),
    "forms": Entry("forms", N_("Show the statistical forms of a period.")),
    "forms set": Entry("forms_set", N_("Record the figure of a row in a period.")),
    "forms sheet": Entry("forms_sheet", N_("Write an Excel sheet to fill the figures in.")),
    "forms record": Entry("forms_record", N_("Record what filled-in sheets of figures say.")),
    "forms report": Entry("forms_report", N_("Write the statistical forms as a document.")),
    "forms xlsx": Entry("forms_xlsx", N_("Write the statistical forms as an Excel workbook.")),
    "forms example": Entry("forms_example", N_("Write an example of the forms to begin with.")),
    "evidence": Entry("evidence", N_("List all evidence, what is missing and what disagrees.")),
    "export": Entry("export", N_("Write the plan and its progress as xlsx, ics, csv or json.")),
    "status": Entry(
        "status", N_("Show how the year or a period stands, on one screen."), "tinhhinh"
    ),
    "rollup": Entry("rollup", N_("Show how many offices stand together.")),
    "rollup due": Entry("rollup_due", N_("List what is overdue in many offices.")),
    "rollup xlsx": Entry("rollup_xlsx", N_("Write the figures of many offices as xlsx.")),
    "rollup board": Entry("rollup_board", N_("Make a page that shows many offices.")),
    "rollup report": Entry("rollup_report", N_("Write a report on many offices.")),
    "board": Entry("board", N_("Make a page that shows the whole year at a glance.")),
    "check": Entry("check", N_("Report every mistake in the plan, with its place."), "soat"),
    "doctor": Entry("doctor", N_("Tell what is wrong around the plans, and mend what is safe.")),
    "new": Entry("new", N_("Begin next year's plan from this year's.")),
    "amend": Entry("amend", N_("Change the plan in mid-year, with the day from which it holds.")),
    "schema": Entry("schema", N_("Print the JSON Schema of a command's answer or of a file.")),
    "explain": Entry("explain", N_("Tell what the wording of a deadline means.")),
    "commit": Entry("commit", N_("Commit the workspace's files to git."), "luu"),
    "sync": Entry("sync", N_("Take in what colleagues sent, and send what is new."), "dongbo"),
    "exchange": Entry(
        "exchange", N_("Exchange with colleagues by a folder or a memory stick, without git.")
    ),
    "diff": Entry("diff", N_("Tell what changed in the plan and the progress.")),
    "init": Entry("init", N_("Make a workspace in a folder.")),
    "import": Entry("import_", N_("Read a plan from a Word, Excel or CSV file.")),
    "settings": Entry("settings", N_("Show or set your name, your language, your workspace.")),
    "help": Entry("help", N_("Show the user's guide, or what it tells of a command.")),
}


def english_name(name: str) -> str:
    """Return the command that is called ``name`` in either language; nothing where none is.

    Accents of a Vietnamese name do not matter.

    >>> english_name("due"), english_name("hạn"), english_name("x")
    ('due', 'due', '')
    """
    if name in COMMANDS:
        return name
    folded = fold(name)
    names = (name for name, entry in COMMANDS.items() if entry.vietnamese == folded != "")
    return next(names, "")
