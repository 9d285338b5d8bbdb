"""Bring the catalogues up to date with the code: collect, merge, compile.

Our own texts are marked with ``_``, ``N_`` and ``ngettext``; Click's
own come from the installed package, since they are shown in our commands too.  Templates
of pages are in both languages, those of documents are Vietnamese alone.
Run it in the development environment after a text has changed, then translate
what is new in the ``.po`` files and run it again.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po
from catalogues import LOCALE, ROOT, compile_catalogues
from jinja2.ext import babel_extract

KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
FOREIGN = (
    (
        click,
        ("core.py", "decorators.py", "exceptions.py", "formatting.py", "parser.py", "types.py"),
    ),
)


def collect() -> Catalog:
    """Return the catalogue of all texts, untranslated, in the order of their sources."""
    catalog = Catalog(project="parplan", charset="utf-8")
    for path in sorted((ROOT / "parplan").rglob("*.py")):
        _add(catalog, path, path.relative_to(ROOT).as_posix())
    for path in sorted((ROOT / "templates").rglob("*.html.j2")):
        _add(catalog, path, path.relative_to(ROOT).as_posix(), babel_extract)
    for package, names in FOREIGN:
        folder = Path(str(package.__file__)).parent
        for name in names:
            _add(catalog, folder / name, f"{package.__name__}/{name}")
    return catalog


def _add(catalog: Catalog, path: Path, location: str, method: Any = "python") -> None:
    for _line, message, _comments, _context in extract_from_file(method, path, KEYWORDS):
        if message and message != ("", ""):
            catalog.add(message, locations=[(location, 0)], flags=())


def updated(po: Path) -> Catalog:
    """Return the catalogue ``po`` with the texts of today: new ones empty, old ones gone."""
    catalog = Catalog(locale=po.parent.parent.name)
    if po.exists():
        with po.open("rb") as file:
            catalog = read_po(file, locale=po.parent.parent.name)
    catalog.update(collect(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


if __name__ == "__main__":
    for language in ("vi",):
        po_file = LOCALE / language / "LC_MESSAGES" / "parplan.po"
        po_file.parent.mkdir(parents=True, exist_ok=True)
        catalogue = updated(po_file)
        with po_file.open("wb") as out_file:
            write_po(
                out_file,
                catalogue,
                omit_header=True,
                include_lineno=False,
                sort_output=True,
                width=0,
            )
        empty = [
            message.id for message in catalogue if message.id and not any(message.string or ())
        ]
        print(
            f"{po_file.relative_to(ROOT)}: {len(catalogue)} texts, {len(empty)} without translation"
        )
    compile_catalogues()
