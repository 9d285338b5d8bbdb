"""Words for the figures of statistical forms."""

from __future__ import annotations

from collections.abc import Sequence

from parplan.forms.doubts import FigureDoubt
from parplan.forms.figures import ComparedFigure, FigureCell, FilledForms
from parplan.i18n import _, fill, ngettext, period_name
from parplan.render import words
from parplan.text import sentence

_MOST_NAMED = 12


def value(cell: FigureCell) -> str:
    """Return the figure of a cell as officials write it: 1.250, 98,5; '-' as it was recorded."""
    return "-" if cell.is_dash else words.figure(cell.value)


def remark(line: ComparedFigure) -> str:
    """Return what stands beside a figure: what was recorded with it, and what it lacks."""
    cell = line.cell
    lacks = ", ".join(period_name(period) for period in cell.lacks)
    texts = [
        cell.record.text if cell.record else "",
        _("lacking: %(periods)s") % {"periods": lacks} if lacks else "",
    ]
    return "; ".join(filter(None, texts))


def heading(filled: FilledForms) -> str:
    """Return what stands above the forms: of which period they are, and what is beside it."""
    texts = [f"{filled.forms.title}, {period_name(filled.period)}"]
    if filled.before:
        texts.append(_("period before: %(period)s") % {"period": period_name(filled.before)})
    texts.append(_("a year before: %(period)s") % {"period": period_name(filled.year_before)})
    return "; ".join(texts)


def notes(
    filled: FilledForms, lines: Sequence[ComparedFigure], doubtful: Sequence[FigureDoubt]
) -> list[str]:
    """Return what a reader of ``lines`` must know: an example, doubts, what is lacking."""
    texts = [sentence(fill(doubt.text, doubt.values)) for doubt in doubtful]
    if filled.forms.example:
        texts.insert(0, _("These forms are an example, not the office's own."))
    lacking = [line.key for line in lines if line.is_asked]
    if lacking:
        names = ", ".join(lacking[:_MOST_NAMED]) + (", …" if len(lacking) > _MOST_NAMED else "")
        text = ngettext("%(n)s figure is lacking: ", "%(n)s figures are lacking: ", len(lacking))
        texts.append(text + names)
    return texts
