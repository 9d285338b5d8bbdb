"""The self-score that the commands around ``score`` work with, and what they print of it."""

from __future__ import annotations

from parplan.cli.session import Session, missing_files
from parplan.i18n import _
from parplan.journal.record import Record, Score, Undo
from parplan.problem import N_, UserError, params
from parplan.render import scores, words
from parplan.score.index import Leaf
from parplan.score.model import LeafScore, SelfScore
from parplan.score.points import ScoreBasis, office
from parplan.score.total import score
from parplan.yamlfile.validate import nearest


def scored(session: Session, records: list[Record] | None = None) -> SelfScore:
    """Return the self-score of the year; see ``basis``."""
    return score(basis(session, records))


def basis(session: Session, records: list[Record] | None = None) -> ScoreBasis:
    """Return what the year's self-score is computed from: ``records``, or else the journal's.

    Complains as ``Session.read_and_complain`` and raises as ``Session.index``.
    """
    index = session.index()
    if records is None:
        records = session.read_and_complain().records
    return office(index, session.plan, records, session.as_of, missing_files(session, records))


def find_leaf(session: Session, number: str) -> Leaf:
    """Return the criterion with that number; raises UserError unless it is scored by itself."""
    leaves = {leaf.criterion.id: leaf for leaf in session.index().leaves()}
    if number in leaves:
        return leaves[number]
    inside = [name for name in leaves if name.startswith(f"{number}.")]
    near = nearest(number, list(leaves))
    if inside:
        text = N_("%(name)s is made of others, which are scored: %(inside)s")
        raise UserError(text, params(name=number, inside=", ".join(inside)))
    text = (
        N_("the index scores no criterion %(name)s; did you mean %(near)s?")
        if near
        else N_("the index scores no criterion %(name)s; 'parplan score' shows them all")
    )
    raise UserError(text, params(name=number, near=near))


def announce(session: Session, written: Score | Undo, records: list[Record]) -> None:
    """Print in one line what was recorded and how its criterion now stands."""
    from parplan.cli.recording import say_recorded  # most commands around it record nothing

    leaves = scored(session, records).leaves
    leaf = next((leaf for leaf in leaves if leaf.criterion.id == written.criterion), None)
    standing = _standing(leaf) if leaf else _("no such criterion any more")
    say_recorded(written, written.criterion, standing)


def _standing(leaf: LeafScore) -> str:
    if not leaf.counts:
        return scores.earned(leaf)
    most = words.points(leaf.criterion.points)
    values = {"points": words.points(leaf.outlook.now), "most": most}
    return _("%(points)s of %(most)s points") % values
