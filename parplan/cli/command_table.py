"""Which commands are there?  Names and summaries, so that the help imports none of them."""

from __future__ import annotations

from typing import NamedTuple

from parplan.problem import N_
from parplan.text import fold


class CommandEntry(NamedTuple):
    """A command: ``vietnamese`` is the other name, without accents, of one of daily work."""

    module: str
    summary: str
    vietnamese: str = ""


COMMANDS = {
    "due": CommandEntry("due", N_("List what falls due in a period, and what is overdue."), "han"),
    "list": CommandEntry("list", N_("List the plan's tasks.")),
    "show": CommandEntry("show", N_("Show one task as issued, its occurrences and its history.")),
    "note": CommandEntry(
        "states", N_("Record progress: a note, a percentage, a value, evidence."), "ghi"
    ),
    "start": CommandEntry("states", N_("Record that work has begun.")),
    "done": CommandEntry("states", N_("Record that an occurrence is done."), "xong"),
    "pause": CommandEntry("states", N_("Record that work is paused.")),
    "cancel": CommandEntry("states", N_("Record that an occurrence is cancelled.")),
    "reopen": CommandEntry(
        "states", N_("Record that a closed or paused occurrence is open again.")
    ),
    "sheet": CommandEntry("sheet", N_("Write an Excel sheet in which units fill in what is new.")),
    "record": CommandEntry("record", N_("Record what filled-in sheets or lines of text say.")),
    "directive": CommandEntry(
        "directive", N_("Record a deadline that a directive gives or moves.")
    ),
    "undo": CommandEntry("undo", N_("Take back your last record or amendment, or a named record.")),
    "edit": CommandEntry(
        "edit", N_("Put a record right: its text, day, evidence, value or share."), "sua"
    ),
    "log": CommandEntry("log", N_("List what was recorded, newest first.")),
    "report": CommandEntry("report", N_("Write the draft of a report."), "baocao"),
    "document": CommandEntry("document", N_("Write the plan itself as an official document.")),
    "reminder": CommandEntry(
        "reminder", N_("Write a letter to each unit or officer with late or urgent work.")
    ),
    "digest": CommandEntry("digest", N_("Write e-mails to the units or officers, ready to send.")),
    "score": CommandEntry("score", N_("Show the self-score by the index, and its forecast.")),
    "score set": CommandEntry("score_set", N_("Set or explain a criterion's score by hand.")),
    "score risk": CommandEntry("score_risk", N_("List the open tasks by the points at risk.")),
    "score gaps": CommandEntry("score_gaps", N_("List what lacks evidence or an explanation.")),
    "score report": CommandEntry("score_report", N_("Write the self-assessment report.")),
    "score xlsx": CommandEntry("score_xlsx", N_("Write the self-assessment as an Excel workbook.")),
    "score import": CommandEntry(
        "score_import", N_("Read the criteria from an Excel, Word, LibreOffice or CSV file.")
    ),
    "score example": CommandEntry("examples", N_("Write an example of an index to begin with.")),
    "forms": CommandEntry("forms", N_("Show the statistical forms of a period.")),
    "forms set": CommandEntry("forms_set", N_("Record the figure of a row in a period.")),
    "forms sheet": CommandEntry("forms_sheet", N_("Write an Excel sheet to fill the figures in.")),
    "forms record": CommandEntry(
        "forms_record", N_("Record what filled-in sheets of figures say.")
    ),
    "forms report": CommandEntry("forms_report", N_("Write the statistical forms as a document.")),
    "forms xlsx": CommandEntry(
        "forms_xlsx", N_("Write the statistical forms as an Excel workbook.")
    ),
    "forms example": CommandEntry("examples", N_("Write an example of the forms to begin with.")),
    "evidence": CommandEntry(
        "evidence", N_("List all evidence, what is missing and what disagrees.")
    ),
    "export": CommandEntry(
        "export", N_("Write the plan and its progress as xlsx, ics, csv or json.")
    ),
    "status": CommandEntry(
        "status", N_("Show how the year or a period stands, on one screen."), "tinhhinh"
    ),
    "rollup": CommandEntry("rollup", N_("Show how many offices stand together.")),
    "rollup due": CommandEntry("rollup_due", N_("List what is overdue in many offices.")),
    "rollup xlsx": CommandEntry("rollup_xlsx", N_("Write the figures of many offices as xlsx.")),
    "rollup board": CommandEntry("rollup_board", N_("Make a page that shows many offices.")),
    "rollup report": CommandEntry("rollup_report", N_("Write a report on many offices.")),
    "board": CommandEntry("board", N_("Make a page that shows the whole year at a glance.")),
    "check": CommandEntry(
        "check",
        N_("Report every mistake in plan, journal, index and forms, with its place."),
        "soat",
    ),
    "doctor": CommandEntry(
        "doctor", N_("Tell what is wrong around the plans, and mend what is safe.")
    ),
    "new": CommandEntry("new", N_("Begin next year's plan from this year's.")),
    "amend": CommandEntry(
        "amend", N_("Change the plan in mid-year, with the day from which it holds.")
    ),
    "schema": CommandEntry(
        "schema", N_("Print the JSON Schema of a command's answer or of a file.")
    ),
    "explain": CommandEntry("explain", N_("Tell what the wording of a deadline means.")),
    "commit": CommandEntry("commit", N_("Commit the workspace's files to git."), "luu"),
    "sync": CommandEntry(
        "sync", N_("Take in what colleagues sent, and send what is new."), "dongbo"
    ),
    "exchange": CommandEntry(
        "exchange", N_("Exchange with colleagues by a folder or a memory stick, without git.")
    ),
    "diff": CommandEntry("diff", N_("Tell what changed in the plan and the progress.")),
    "init": CommandEntry("init", N_("Make a workspace in a folder.")),
    "import": CommandEntry(
        "import_", N_("Read a plan from a Word, Excel, LibreOffice, PDF or CSV file.")
    ),
    "settings": CommandEntry(
        "settings", N_("Show or set your name, your language, your workspace.")
    ),
    "help": CommandEntry("help", N_("Show the user's guide, or what it tells of a command.")),
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
