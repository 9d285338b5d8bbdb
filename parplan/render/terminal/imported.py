"""What an import read and wrote, as lines, and what to do next."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from parplan.i18n import _, fill, ngettext
from parplan.importer.index.build import ImportedIndex
from parplan.importer.index.sheet import Sheet, leaves
from parplan.importer.places import place_in_words
from parplan.importer.plan.assemble import ImportedPlan
from parplan.importer.plan.text import document_title, note_in_words
from parplan.plan.holidays import about_calendar, days_off
from parplan.problem import N_
from parplan.render import words
from parplan.render.terminal import paint
from parplan.render.terminal.table import Line, Span, dashed, paragraph
from parplan.text import visible


def plan_lines(
    imported: ImportedPlan, target: str, folder: str | None, report: str | None
) -> Iterator[Line]:
    """Yield what was read into the plan at ``target``, and told row by row in ``report``.

    ``folder`` is that of ``--dir``.
    """
    screen = paint.screen_width()
    for path in filter(None, (target, report)):
        yield from paragraph(_("written  %(path)s") % {"path": path}, screen, "head")
    yield []
    for text in _facts(imported):
        yield from paragraph(visible(text), screen)
    yield from _units(imported, screen)
    if imported.missing:
        text = _("Not in the file: %(parts)s") % {"parts": ", ".join(map(_, imported.missing))}
        yield from paragraph(text, screen)
        if not imported.plan.document.has_number_and_date:
            yield from paragraph(words.plan_gaps(), screen)
    if imported.left_out:
        text = _("Columns left out: %(columns)s") % {"columns": "; ".join(imported.left_out)}
        yield from paragraph(visible(text), screen)
    for text in about_calendar(imported.plan.year, days_off(imported.plan.year)):
        yield from paragraph(text, screen)
    yield []
    if imported.notes:
        number = len(imported.notes)
        count = ngettext("%(n)s place to look at:", "%(n)s places to look at:", number)
        yield from paragraph(count, screen, "head")
        for note in imported.notes:
            yield from dashed(note_in_words(note), screen)
        yield []
    for text in _next(target, imported.plan.year, folder):
        yield from paragraph(text, screen)
    yield from _left_open(imported, folder)


def _facts(imported: ImportedPlan) -> Iterator[str]:
    sections = imported.plan.sections
    tasks = sum(len(section.tasks) for section in sections)
    yield _("Document: %(title)s") % {"title": document_title(imported)}
    yield _("Tasks: %(tasks)s, in %(sections)s (%(places)s)") % {
        "tasks": ngettext("%(n)s task", "%(n)s tasks", tasks),
        "sections": ngettext("%(n)s section", "%(n)s sections", len(sections)),
        "places": ", ".join(map(place_in_words, imported.tables)),
    }
    read, left_open = imported.deadlines()
    yield _("Deadlines: %(read)s read, %(open)s left open") % {"read": read, "open": left_open}


def _units(imported: ImportedPlan, screen: int) -> Iterator[Line]:
    names = {unit.id: unit.name for unit in imported.plan.units}
    new = [names[unit] for unit in imported.new_units]
    values = {"known": len(names) - len(new), "new": len(new), "names": "; ".join(new)}
    text = (
        N_("Units: %(known)s known, %(new)s new: %(names)s")
        if new
        else N_("Units: %(known)s known, no new ones")
    )
    yield from paragraph(visible(_(text) % values), screen)
    for match in imported.units:
        other = names[match.unit]
        if match.near:
            text = _("“%(written)s” is nearly “%(unit)s”: two units, until you say they are one")
            values = {"written": match.written, "unit": "”, “".join(match.near)}
        elif not match.is_exact and match.written != other:
            text = _("“%(written)s” is taken for “%(unit)s”")
            values = {"written": match.written, "unit": other}
        else:
            continue
        yield from dashed(visible(text % values), screen)


def _next(target: str, year: int, folder: str | None) -> Iterator[str]:
    """Yield what to do now: read the plan, check it, and make the rest of a new workspace."""
    place = f"plan/{year}.yaml"
    command = f"parplan check --year {year}"
    if folder:
        command += f" --dir {shlex.quote(folder)}"
    if not target.endswith(place):
        text = _("Next: put %(path)s at %(place)s, then type: %(command)s")
        yield text % {"path": target, "place": place, "command": command}
        return
    text = _("Next: look through %(path)s, then type: %(command)s")
    yield text % {"path": target, "command": command}
    if not Path(target).with_name("plan.schema.json").exists():
        yield _("'parplan init' adds what else a folder of plans has.")


def _left_open(imported: ImportedPlan, folder: str | None) -> Iterator[Line]:
    """Yield the command that settles each deadline that was left open."""
    numbers = [task.id for _section, task in imported.plan.tasks() if not task.schedule]
    if not numbers:
        return
    yield []
    heading = _("After that, each deadline left open is settled by one of these:")
    yield from paragraph(heading, paint.screen_width())
    rest = f" --dir {shlex.quote(folder)}" if folder else ""
    for number in numbers:
        words = shlex.quote(visible(number))
        command = f'parplan amend task {words} --deadline "…" --year {imported.plan.year}{rest}'
        yield [Span(f"  {command}")]


def index_lines(sheet: Sheet, imported: ImportedIndex, target: str) -> Iterator[Line]:
    """Yield what was read from ``sheet`` into the index at ``target``."""
    screen = paint.screen_width()
    index = imported.index
    yield from paragraph(_("written  %(path)s") % {"path": target}, screen, "head")
    yield []
    count = len(leaves(sheet.parts))
    values = {
        "criteria": ngettext("%(n)s criterion", "%(n)s criteria", count),
        "fields": ngettext("%(n)s field", "%(n)s fields", len(index.fields)),
        "points": words.points(index.points),
    }
    text = _("%(criteria)s in %(fields)s, %(points)s points in all; each is scored by hand for now")
    yield from paragraph(text % values, screen)
    notes = {*sheet.notes, *(note for notes in imported.comments.values() for note in notes)}
    for note in sorted(notes, key=lambda note: note.place.order({})):
        text = f"{place_in_words(note.place)}: {fill(note.text, note.values)}"
        yield from dashed(text, screen)
    yield []
    text = _("Next: write rules and tasks in %(path)s, then type: parplan check")
    yield from paragraph(text % {"path": target}, screen)
