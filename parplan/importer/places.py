"""Names a place in an office file."""

from __future__ import annotations

from parplan.i18n import _
from parplan.importer.grid import Place
from parplan.problem import N_


def place_in_words(place: Place) -> str:
    """Return ``place`` as the program that made the file names it."""
    if place.line:
        return _("line %(line)s") % {"line": place.line}
    if place.sheet:
        if place.column:
            text = (
                N_("sheet %(sheet)s, cell %(cell)s")
                if place.row
                else N_("sheet %(sheet)s, column %(cell)s")
            )
            return _(text) % {"sheet": place.sheet, "cell": place.cell}
        text = N_("sheet %(sheet)s, row %(row)s") if place.row else N_("sheet %(sheet)s")
        return _(text) % {"sheet": place.sheet, "row": place.row}
    values = {"table": place.table, "row": place.row, "page": place.page}
    if not place.table:
        return _("page %(page)s") % values if place.page else _("the text of the file")
    if not place.row:
        return _("table %(table)s of the file") % values
    if place.page is None:
        return _("table %(table)s, row %(row)s") % values
    return _("page %(page)s, table %(table)s, row %(row)s") % values
