"""Words for a self-score: its points, where they come from, what is lacking."""

from __future__ import annotations

from collections.abc import Container, Mapping
from decimal import Decimal

from parplan.i18n import _, date, ngettext
from parplan.problem import N_
from parplan.render import words
from parplan.score.model import Lack, LeafScore, Outlook, SelfScore, Status
from parplan.score.rules import MeasureName, YesNo
from parplan.text import sentence

STATUS_WORDS: Mapping[Status, str] = {
    "measured": N_("measured"),
    "by-hand": N_("set by hand"),
    "waiting": N_("nothing yet"),
    "not-applicable": N_("not applicable"),
    "survey": N_("by survey"),
}
LACK_WORDS: Mapping[Lack, str] = {
    "result": N_("no result yet"),
    "evidence": N_("evidence: %(given)s of %(wanted_number)s"),
    "file": N_("a file is not there"),
    "explanation": N_("no explanation"),
}


def earned(leaf: LeafScore) -> str:
    """Return the points of a criterion as they stand, or why it has none."""
    if leaf.counts and leaf.status != "waiting":
        return words.points(leaf.outlook.now)
    return "–" if leaf.status == "waiting" else _(STATUS_WORDS[leaf.status])


_MEASURED: Mapping[MeasureName, str] = {
    "done": N_("done: %(value)s"),
    "on-time": N_("done in time: %(value)s"),
    "done-rate": N_("done: %(value)s%%"),
    "on-time-rate": N_("done in time: %(value)s%%"),
    "days-late": N_("days late: %(value)s"),
    "value": N_("measured: %(value)s"),
}


def out_of(points: str, most: Decimal) -> str:
    """Return points beside the highest score: '8,5/10'."""
    return f"{points}/{words.points(most)}"


def measured(leaf: LeafScore) -> str:
    """Return in words what the score rests on: 'đúng hạn: 83,33%', 'mức: Tốt'."""
    if leaf.grade:
        return _("grade: %(grade)s") % {"grade": leaf.grade}
    if leaf.measured is None or (
        isinstance(leaf.criterion.rule, YesNo) and leaf.status == "measured"
    ):
        return ""
    name = leaf.criterion.measured_by if leaf.status == "measured" else "value"
    return _(_MEASURED[name or "value"]) % {"value": words.points(leaf.measured)}


def explanation(leaf: LeafScore) -> str:
    """Return what explains the score of a criterion: what was measured, and the office's words."""
    if leaf.status == "survey":
        return _("Scored by a survey.")
    parts = [
        _("not applicable") if leaf.status == "not-applicable" else measured(leaf),
        leaf.reason,
    ]
    return " ".join(sentence(part) for part in parts if part)


def outlook(forecast: Outlook) -> str:
    """Return the forecast: '12–78', or one number where both ends are the same."""
    low, high = words.points(forecast.worst), words.points(forecast.best)
    if forecast.worst > forecast.best:  # a penalty is worst where it is highest
        low, high = high, low
    return low if low == high else f"{low}–{high}"


def lacks(leaf: LeafScore, leave_out: Container[Lack] = ()) -> str:
    """Return in words what a criterion lacks, but for what is to be left out."""
    values = {
        "given": len(leaf.evidence),
        "wanted_number": max(len(leaf.criterion.evidence), 1),
    }
    return "; ".join(_(LACK_WORDS[lack]) % values for lack in leaf.lacks if lack not in leave_out)


def total(score: SelfScore) -> str:
    """Return the total in one sentence: '41,5 of 80 points; at the year's end 12–78'."""
    if score.total is None:
        return _("no criterion applies")
    values = {
        "now": words.points(score.total.now),
        "most": words.points(score.most),
        "ends": outlook(score.total),
    }
    return _("%(now)s of %(most)s points; at the year's end %(ends)s") % values


def notes(score: SelfScore) -> list[str]:
    """Return what a reader of the total must know."""
    messages = warnings(score)
    if score.survey:
        text = _("A survey gives %(points)s points; the office does not score them itself.")
        messages.append(text % {"points": words.points(score.survey)})
    if score.left_out:
        text = _("%(points)s points do not apply; the total is rescaled to %(most)s points.")
        values = {"points": words.points(score.left_out), "most": words.points(score.most)}
        messages.append(text % values)
    gaps = len(score.lacking())
    if gaps:
        message = ngettext(
            "%(n)s criterion lacks something: parplan score gaps",
            "%(n)s criteria lack something: parplan score gaps",
            gaps,
        )
        messages.append(message)
    return messages


def warnings(score: SelfScore) -> list[str]:
    """Return what must stand below every table: that an example is no official set."""
    return [_("This index is an example, not an official set.")] if score.index.example else []


def heading(score: SelfScore) -> str:
    """Return what stands above a table of scores."""
    values = {"total": total(score), "year": score.index.year, "day": date(score.as_of)}
    return _("%(total)s (index of %(year)s, as of %(day)s)") % values
