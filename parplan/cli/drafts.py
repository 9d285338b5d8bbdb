"""How does a draft come to be, without ever harming one that the clerk has changed?

A draft is written once.  Later calls say what has changed since, and write beside it
(``--new``) or in its place (``--force``, which keeps the old one under another name).
The documents (docx, html, pdf) are made from the Markdown, whoever wrote that.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import click
import msgspec

from parplan.cli.delivery import deliver
from parplan.cli.options import DraftOptions, OutputOptions
from parplan.cli.session import Session, Unreadable
from parplan.i18n import _, date, ngettext
from parplan.problem import N_, UserError, params
from parplan.render.document import draft as drafts
from parplan.report.model import Report
from parplan.workspace import files

FOLDER = "reports"
FORMS = ("md", "docx", "html", "pdf")


class Request(msgspec.Struct, frozen=True):
    """What is to be written: ``reports/NAME.md`` and its documents."""

    session: Session
    name: str
    template: str
    options: DraftOptions
    folder: str = FOLDER

    @property
    def root(self) -> Path:
        """The workspace's folder."""
        return self.session.workspace.root

    def path(self, ending: str) -> Path:
        """Return the file of this draft with another ending; raises UserError for links outside."""
        return files.inside(self.root, self.root / self.folder / f"{self.name}.{ending}")


def write(request: Request, text: Callable[[], str]) -> None:
    """Write the draft that ``text`` gives and its documents, as the options say."""
    options = request.options
    forms = list(dict.fromkeys(options.forms or ("md", "docx")))
    if options.output is not None:
        _write_to(request, forms, options.output, text)
        return
    markdown = request.path("md")
    if options.docx_only:
        source = _text_of(request, markdown)
        _documents(request, ["docx"], markdown, source)
        _tell_missing(request, markdown, source)
        return
    source = text()
    markdown = _write_draft(request, markdown, source)
    _tell_written(request, markdown)
    _documents(request, [form for form in forms if form != "md"], markdown, source)
    _tell_missing(request, markdown, source)


def _write_to(request: Request, forms: list[str], output: str, text: Callable[[], str]) -> None:
    """Write one form to a file of the user's choice, or to the output for '-'."""
    options = request.options
    asked = forms if options.forms else []
    ending = Path(output).suffix.lstrip(".").lower() or "md"
    form = asked[0] if asked else "md" if output == "-" else ending
    if len(asked) > 1:
        raise UserError(N_("-o takes one --format"))
    if form not in FORMS:
        reason = N_("%(path)s should end in .md, .docx, .html or .pdf, or name a --format")
        raise UserError(reason, params(path=output))
    source = _text_of(request, request.path("md")) if options.docx_only else text()
    data = source.encode() if form == "md" else _render(request, form, request.path("md"), source)
    if not data:  # no pdf here, which was said
        return
    target = OutputOptions(options.output, options.force)
    deliver(data, request.root, f"{request.folder}/{request.name}.{form}", target)


def _write_draft(request: Request, markdown: Path, source: str) -> Path:
    """Write ``source`` where the options say; return the file."""
    if markdown.exists() and request.options.force:
        _replace(request, markdown, source.encode())
        return markdown
    if markdown.exists():
        markdown = _beside_or_refuse(request, markdown, source)
    if not files.create(markdown, source.encode()):
        raise UserError(N_("%(path)s is there already"), params(path=_shown(request, markdown)))
    return markdown


def _beside_or_refuse(request: Request, markdown: Path, fresh: str) -> Path:
    if request.options.new:
        return _free(markdown, "new")
    click.echo(_since(request, markdown, fresh))
    text = N_(
        "%(path)s is there already and stays as it is; --new writes beside it, --force in its "
        "place (the old one is kept), --docx-only makes the docx from it"
    )
    raise UserError(text, params(path=_shown(request, markdown)))


def _since(request: Request, markdown: Path, fresh: str) -> str:
    """Return in one line what changed in the data since the draft was written."""
    old = read(request, markdown).header.data
    new = drafts.read("", fresh).header.data
    if old is None or new is None:
        return _("the draft does not say which data it was made from")
    if old == new or (old.digest and old.digest == new.digest):
        return _("the data have not changed since the draft was written")
    parts = []
    if old.records != new.records:
        more = new.records - old.records
        if more > 0:
            parts.append(ngettext("%(n)s record more", "%(n)s records more", more))
        else:
            parts.append(ngettext("%(n)s record fewer", "%(n)s records fewer", -more))
    if (old.from_, old.until) != (new.from_, new.until):
        window = {"start": new.from_, "stop": new.until}
        parts.append(_("data from %(start)s to %(stop)s") % window)
    if not parts:
        parts.append(_("a record or the plan was changed"))
    return _("since the draft was written: %(changes)s") % {"changes": ", ".join(parts)}


def _free(path: Path, word: str) -> Path:
    """Return a name beside ``path`` that no file has: 2025-06.new-1.md."""
    number = 1
    while os.path.lexists(found := path.with_name(f"{path.stem}.{word}-{number}{path.suffix}")):
        number += 1
    return found


def read(request: Request, path: Path) -> drafts.Draft:
    """Return the draft in ``path``; raises Unreadable where its header is wrong."""
    return parse(_shown(request, path), _text_of(request, path))


def _text_of(request: Request, path: Path) -> str:
    try:
        return files.read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = N_("%(path)s is not UTF-8 text")
        raise UserError(text, params(path=_shown(request, path))) from error


def parse(shown: str, text: str) -> drafts.Draft:
    """Return the draft that ``text`` holds; raises Unreadable where its header is wrong."""
    try:
        return drafts.read(shown, text)
    except drafts.DraftError as error:
        raise Unreadable(error.text, error.problems) from error


def _documents(request: Request, forms: list[str], markdown: Path, source: str) -> None:
    for form in forms:
        data = _render(request, form, markdown, source)
        if data:
            path = markdown.with_suffix(f".{form}")
            _put(request, path, data)
            _tell_written(request, path)


def _put(request: Request, path: Path, data: bytes) -> None:
    """Write a document; another one of that name is kept, for the clerk may have changed it."""
    if not files.create(path, data) and files.read_bytes(path) != data:
        _replace(request, path, data)


def _replace(request: Request, path: Path, data: bytes) -> None:
    """Write ``data`` in place of a file, which is kept; one of the two is there at any moment."""
    old = _free(path, "old")
    while not files.keep(path, old):  # another parplan took that name meanwhile
        old = _free(path, "old")
    try:
        files.replace(path, data)
    except UserError:
        if os.path.samefile(path, old):  # noqa: PTH121 - else it is the only one that is left
            old.unlink()
        raise
    click.echo(_("kept     %(path)s") % {"path": _shown(request, old)})


def _render(request: Request, form: str, markdown: Path, source: str) -> bytes:
    draft = parse(_shown(request, markdown), source)
    if form == "html":
        from parplan.render.document import html

        return html.render(draft).encode()
    from parplan.render.document import docx

    base = request.options.base
    document: bytes = docx.render(draft, request.root, Path(base) if base else None)
    if form == "docx":
        return document
    from parplan.render.document import pdf

    made = pdf.convert(document)
    if made is None:
        click.echo(_("no pdf: LibreOffice is not installed; the docx has it all"), err=True)
    return made or b""


def _tell_written(request: Request, path: Path) -> None:
    click.echo(_("written  %(path)s") % {"path": _shown(request, path)})


def _tell_missing(request: Request, path: Path, source: str) -> None:
    places = list(drafts.places_to_fill(source))
    if places:
        count = ngettext("%(n)s place to fill:", "%(n)s places to fill:", len(places))
        click.echo(f"{count}")
    for line, place in places:
        click.echo(f"  {_shown(request, path)}:{line}: {place}")


def tell_served(found: Report, issuer_symbol: str) -> None:
    """Offer the command that closes the occurrences which the report settles.

    The number is the office's to fill: ``BC …/BC-UBND``.
    """
    if not found.serves:
        return
    click.echo(_("When it is sent:"))
    for one in found.serves:
        due = _("due %(day)s") % {"day": date(one.due)}
        click.echo(f'  parplan done {one.ref} --evidence "BC …/BC-{issuer_symbol}"  # {due}')


def _shown(request: Request, path: Path) -> str:
    return (
        path.relative_to(request.root).as_posix()
        if path.is_relative_to(request.root)
        else str(path)
    )
