"""Writes a document's draft and what is made from it, as the options say.

What is there already stays: see ``parplan.workspace.draft_files``.  The documents (docx, html,
pdf) are made from the Markdown, whoever wrote that.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable
from pathlib import Path

import msgspec

from parplan import i18n
from parplan.cli import redraft
from parplan.cli.delivery import deliver
from parplan.cli.options import DraftOptions, OutputOptions
from parplan.cli.session import Unreadable
from parplan.cli.streams import say
from parplan.i18n import _, ngettext
from parplan.problem import N_, UserError, params
from parplan.render import words
from parplan.render.document import official
from parplan.render.document.official import Filled, Official
from parplan.render.places import places_to_fill
from parplan.workspace import draft_files, files

PLAN_GAPS = ("số kế hoạch", "ngày ban hành kế hoạch")
"""Places of a draft that the plan itself fills once it says so."""
FORMS = ("md", "docx", "html", "pdf")


class DraftRequest(msgspec.Struct, frozen=True):
    """What is to be written: ``reports/NAME.md`` and its documents."""

    root: Path
    name: str
    options: DraftOptions

    @property
    def markdown(self) -> Path:
        """The file of this draft; raises UserError for links outside."""
        return draft_files.path_of(self.root, self.name, "md")

    def shown(self, path: Path) -> str:
        """Return what to call ``path``."""
        inside = path.is_relative_to(self.root)
        return path.relative_to(self.root).as_posix() if inside else str(path)


def write(
    root: Path,
    name: str,
    options: DraftOptions,
    document: Callable[[], Official],
    why: Callable[[str], str] = lambda _place: "",
) -> None:
    """Write the draft called ``name`` and its documents below ``root``, as the options say.

    ``document`` is asked only where the draft is not read from its file, then ``why`` a place is
    still to fill: for what is known of that, or nothing.
    """
    request = DraftRequest(root, name, options)

    fill = functools.partial(_fill, request, document)
    forms = list(dict.fromkeys(options.forms or ("md", "docx")))
    if options.output is not None:
        _write_to(request, forms, options.output, fill)
        return
    markdown, source = request.markdown, fill()
    by_hand = _filled_by_hand(request, markdown) if options.force else frozenset()
    if options.docx_only:
        forms = ["docx"]
    else:
        markdown, source = _write_draft(request, source)
        _tell_written(request, markdown)
    for form in forms:
        if form != "md":
            _write_document(request, form, markdown, source)
    replaced = _("filled by hand in the draft before, and not recorded")
    _tell_missing(
        request,
        markdown,
        source.text,
        lambda place: why(place) or (replaced if place in by_hand else ""),
    )


def _fill(request: DraftRequest, document: Callable[[], Official]) -> Filled:
    """Return what is to be written: of ``document``, or the draft that is there."""
    if request.options.docx_only:
        path = request.markdown
        return Filled(redraft.read_text(path, request.shown(path)))
    asked = document()
    template = request.options.template or asked.template
    return official.fill(asked, template, request.root / "templates")


def _write_to(
    request: DraftRequest, forms: list[str], output: str, fill: Callable[[], Filled]
) -> None:
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
    source, markdown = fill(), request.markdown
    data = source.text.encode() if form == "md" else _render(request, form, markdown, source)
    if not data:  # no pdf here, which was said
        return
    target = OutputOptions(options.output, options.force)
    deliver(data, request.root, f"{draft_files.FOLDER}/{request.name}.{form}", target)


def _write_draft(request: DraftRequest, source: Filled) -> tuple[Path, Filled]:
    """Write ``source`` where the options say; return the file and what it holds now."""
    root, name, markdown = request.root, request.name, request.markdown
    draft_name, options = request.shown(markdown), request.options
    data = source.text.encode()
    if markdown.exists() and not (options.force or options.new):
        return markdown, redraft.renew(root, name, markdown, draft_name, source)
    draft = source.draft or redraft.parse(draft_name, source.text)
    redraft.keep_generated(root, name, draft, source.text)
    if markdown.exists() and options.force:
        _tell_kept(request, draft_files.replace(markdown, data))
    else:
        if markdown.exists():
            markdown = files.free(markdown, "new")
        if not files.create(markdown, data):
            raise UserError(N_("%(path)s is there already"), params(path=request.shown(markdown)))
    if draft.header.data is not None and not options.new:
        draft_files.drop_generated(root, name, draft.header.data.digest)
    return markdown, source


def _write_document(request: DraftRequest, form: str, markdown: Path, source: Filled) -> None:
    data = _render(request, form, markdown, source)
    if data:
        path = markdown.with_suffix(f".{form}")
        is_ours = _as_written if form == "docx" else lambda _document: False
        if old := draft_files.put(path, data, is_ours):
            _tell_kept(request, old)
        _tell_written(request, path)


def _as_written(document: bytes) -> bool:
    from parplan.render.document import ooxml

    return ooxml.is_as_written(document)


def _render(request: DraftRequest, form: str, markdown: Path, source: Filled) -> bytes:
    name = request.shown(markdown)
    draft = source.draft or redraft.parse(name, source.text)
    draft = msgspec.structs.replace(draft, path=name)
    if form == "html":
        from parplan.render.document import html

        return html.render(draft).encode()
    from parplan.render.document import docx

    base = request.options.base
    above = source.text.count("\n") - draft.body.count("\n")

    def refused(line: int, picture: str, why: UserError) -> None:
        text = _("%(path)s:%(line)s: the picture %(picture)s is left out: %(reason)s") % {
            "path": name,
            "line": above + line,
            "picture": picture,
            "reason": i18n.fill(why.text, why.values),
        }
        say(text, error=True)

    document: bytes = docx.render(draft, request.root, Path(base) if base else None, refused)
    if form == "docx":
        return document
    from parplan.render.document import pdf

    converted = pdf.convert(document)
    if converted is None:
        say(_("no pdf: LibreOffice is not installed; the docx has it all"), error=True)
    return converted or b""


def _tell_written(request: DraftRequest, path: Path) -> None:
    say(_("written  %(path)s") % {"path": request.shown(path)})


def _tell_kept(request: DraftRequest, path: Path) -> None:
    say(_("kept     %(path)s") % {"path": request.shown(path)})


def _filled_by_hand(request: DraftRequest, markdown: Path) -> frozenset[str]:
    """Return the places to fill that the draft had when it was generated, and has no more."""
    name = request.shown(markdown)
    if not markdown.exists():
        return frozenset()
    text = redraft.read_text(markdown, name)
    with contextlib.suppress(Unreadable):  # one without a header is replaced all the same
        base = redraft.base_of(request.root, request.name, redraft.parse(name, text))
        return frozenset(place for _line, place in places_to_fill(base or "")) - frozenset(
            place for _line, place in places_to_fill(text)
        )
    return frozenset()


def _tell_missing(
    request: DraftRequest, path: Path, source: str, why: Callable[[str], str]
) -> None:
    places = list(places_to_fill(source))
    if places:
        say(ngettext("%(n)s place to fill:", "%(n)s places to fill:", len(places)))
    for line, place in places:
        reason = why(place)
        say(f"  {request.shown(path)}:{line}: {place}{f' ({reason})' if reason else ''}")
    if any(gap in place for _line, place in places for gap in PLAN_GAPS):
        say(words.plan_gaps())
