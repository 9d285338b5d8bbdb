"""Writes a document's draft and what is made from it, as the options say.

What is there already stays: see ``parplan.workspace.drafts``.  The documents (docx, html,
pdf) are made from the Markdown, whoever wrote that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec

from parplan.cli.delivery import deliver
from parplan.cli.options import DraftOptions, OutputOptions
from parplan.cli.session import Session, Unreadable
from parplan.cli.streams import say
from parplan.i18n import _, ngettext
from parplan.problem import N_, UserError, params
from parplan.render.document import official
from parplan.render.document.draft import Draft, DraftError, changes_since, places_to_fill
from parplan.render.document.draft import read as read_draft
from parplan.render.document.official import Filled, Official
from parplan.workspace import drafts, files

FORMS = ("md", "docx", "html", "pdf")


class Request(msgspec.Struct, frozen=True):
    """What is to be written: ``reports/NAME.md`` and its documents."""

    root: Path
    name: str
    options: DraftOptions

    def path(self, ending: str) -> Path:
        """Return the file of this draft with another ending; raises UserError for links outside."""
        return drafts.path_of(self.root, self.name, ending)

    def shown(self, path: Path) -> str:
        """Return what to call ``path``."""
        inside = path.is_relative_to(self.root)
        return path.relative_to(self.root).as_posix() if inside else str(path)


def write(
    session: Session, name: str, options: DraftOptions, document: Callable[[], Official]
) -> None:
    """Write the draft called ``name`` and its documents, as the options say.

    ``document`` is asked only where the draft is not read from its file.
    """
    request = Request(session.workspace.root, name, options)

    def fill() -> Filled:
        if options.docx_only:
            return Filled(_text_of(request, request.path("md")))
        asked = document()
        template = options.template or asked.template
        return official.fill(asked, template, request.root / "templates")

    forms = list(dict.fromkeys(options.forms or ("md", "docx")))
    if options.output is not None:
        _write_to(request, forms, options.output, fill)
        return
    markdown, source = request.path("md"), fill()
    if options.docx_only:
        forms = ["docx"]
    else:
        markdown = _write_draft(request, markdown, source)
        _tell_written(request, markdown)
    for form in forms:
        if form != "md":
            _write_document(request, form, markdown, source)
    _tell_missing(request, markdown, source.text)


def last_day_of_data(session: Session, name: str) -> dt.date | None:
    """Return the last day whose data the draft called ``name`` took, None where it does not say.

    Raises Unreadable where its header is wrong.
    """
    request = Request(session.workspace.root, name, DraftOptions())
    path = request.path("md")
    if not path.exists():
        return None
    data = _parse(request.shown(path), _text_of(request, path)).header.data
    try:
        return dt.date.fromisoformat(data.until) if data else None
    except ValueError:
        return None


def _write_to(request: Request, forms: list[str], output: str, fill: Callable[[], Filled]) -> None:
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
    source, markdown = fill(), request.path("md")
    data = source.text.encode() if form == "md" else _render(request, form, markdown, source)
    if not data:  # no pdf here, which was said
        return
    target = OutputOptions(options.output, options.force)
    deliver(data, request.root, f"{drafts.FOLDER}/{request.name}.{form}", target)


def _write_draft(request: Request, markdown: Path, source: Filled) -> Path:
    """Write ``source`` where the options say; return the file."""
    data = source.text.encode()
    if markdown.exists() and request.options.force:
        _tell_kept(request, drafts.replace(markdown, data))
        return markdown
    if markdown.exists():
        markdown = _beside_or_refuse(request, markdown, source)
    if not files.create(markdown, data):
        raise UserError(N_("%(path)s is there already"), params(path=request.shown(markdown)))
    return markdown


def _beside_or_refuse(request: Request, markdown: Path, fresh: Filled) -> Path:
    if request.options.new:
        return drafts.free(markdown, "new")
    name = request.shown(markdown)
    old = _parse(name, _text_of(request, markdown))
    new = fresh.draft or _parse(name, fresh.text)
    say(changes_since(old.header.data, new.header.data))
    text = N_(
        "%(path)s is there already and stays as it is; --new writes beside it, --force in its "
        "place (the old one is kept), --docx-only makes the docx from it"
    )
    raise UserError(text, params(path=name))


def _text_of(request: Request, path: Path) -> str:
    try:
        return files.read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = N_("%(path)s is not UTF-8 text")
        raise UserError(text, params(path=request.shown(path))) from error


def _parse(path: str, text: str) -> Draft:
    """Return the draft that ``text`` holds; raises Unreadable where its header is wrong."""
    try:
        return read_draft(path, text)
    except DraftError as error:
        raise Unreadable(error.text, error.problems) from error


def _write_document(request: Request, form: str, markdown: Path, source: Filled) -> None:
    data = _render(request, form, markdown, source)
    if data:
        path = markdown.with_suffix(f".{form}")
        if old := drafts.put(path, data):
            _tell_kept(request, old)
        _tell_written(request, path)


def _render(request: Request, form: str, markdown: Path, source: Filled) -> bytes:
    name = request.shown(markdown)
    draft = source.draft or _parse(name, source.text)
    draft = msgspec.structs.replace(draft, path=name)
    if form == "html":
        from parplan.render.document import html

        return html.render(draft).encode()
    from parplan.render.document import docx

    base = request.options.base
    document: bytes = docx.render(draft, request.root, Path(base) if base else None)
    if form == "docx":
        return document
    from parplan.render.document import pdf

    converted = pdf.convert(document)
    if converted is None:
        say(_("no pdf: LibreOffice is not installed; the docx has it all"), error=True)
    return converted or b""


def _tell_written(request: Request, path: Path) -> None:
    say(_("written  %(path)s") % {"path": request.shown(path)})


def _tell_kept(request: Request, path: Path) -> None:
    say(_("kept     %(path)s") % {"path": request.shown(path)})


def _tell_missing(request: Request, path: Path, source: str) -> None:
    places = list(places_to_fill(source))
    if places:
        count = ngettext("%(n)s place to fill:", "%(n)s places to fill:", len(places))
        say(f"{count}")
    for line, place in places:
        say(f"  {request.shown(path)}:{line}: {place}")
