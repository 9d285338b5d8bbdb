"""The document that decides changes of a plan: a decision, a plan of its own, or a letter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from parplan.importer.plan.citation import read_basis
from parplan.plan.decided import Decision
from parplan.plan.model import Plan, superior_on
from parplan.render.document.drafts import Data
from parplan.render.document.official import (
    USUAL_RECIPIENTS,
    Official,
    common_names,
    issuer_symbol,
    written_now,
)
from parplan.render.template.markdown_values import full_name
from parplan.text import fold, lower_first

_NUMBER = re.compile(r"([0-9][\w.]*)\s*/\s*([^\W\d_][\w\-&/.]*\w)")
TYPES: Mapping[str, str] = {"QĐ": "Quyết định", "KH": "Kế hoạch", "TB": "Thông báo"}
"""Types of document by the beginning of their symbol; whatever else begins it is a letter."""


def amendment(plan: Plan, by: str, decisions: Sequence[Decision], as_of: dt.date) -> Official:
    """Return the document ``by``, 'QĐ 70/QĐ-UBND', that decides ``decisions``, at least one.

    Of one that has no number yet, ``by`` is empty: a decision.
    """
    number, symbol = _numbered(plan, by)
    kind = TYPES.get(symbol.partition("-")[0], "")
    units = _units(decisions)
    date = read_basis(by).date
    fields = {"date": date.isoformat()} if date else {}
    header = written_now(
        plan,
        as_of,
        type=kind,
        number=number,
        symbol=symbol,
        superior=superior_on(plan, as_of),
        title=_title(plan, kind),
        to=() if kind else tuple(units),
        recipients=("Như Điều 3;", "Lưu: VT.") if kind == "Quyết định" else USUAL_RECIPIENTS,
        data=Data(
            period=str(plan.year),
            from_=min(decision.start for decision in decisions).isoformat(),
            until=max(decision.start for decision in decisions).isoformat(),
            records=0,
        ),
        **fields,
    )
    names = {
        "plan": plan,
        "as_of": as_of,
        "kind": kind,
        "decisions": list(decisions),
        "units": units,
        "issuer_in_full": full_name(plan.issuer),
    }
    return Official(
        "amendment.md.j2",
        plan.language,
        names | common_names(plan),
        header,
        ("type",) if kind else (),
    )


def draft_name(plan: Plan, by: str) -> str:
    """Return what the draft is called: ``amendment-2025-70-qd-ubnd``."""
    number = "/".join(_numbered(plan, by)) if _NUMBER.search(by) else by
    slug = re.sub(r"[^a-z0-9]+", "-", fold(number)).strip("-")
    return f"amendment-{plan.year}{f'-{slug}' if slug else ''}"


def _numbered(plan: Plan, by: str) -> tuple[str, str]:
    """Return number and symbol of the document ``by``; those of a decision where it has none."""
    match = _NUMBER.search(by)
    return (match[1], match[2]) if match else ("", f"QĐ-{issuer_symbol(plan)}")


def _title(plan: Plan, kind: str) -> str:
    issued = plan.document
    subject = f"điều chỉnh {issued.type} {lower_first(issued.title)}"
    if kind == "Quyết định":
        return f"Về việc {subject}"
    return subject[:1].upper() + subject[1:] if kind else subject


def _units(decisions: Sequence[Decision]) -> list[str]:
    """Return who must follow ``decisions``, each once."""
    units: list[str] = []
    for decision in decisions:
        if decision.what in ("unit", "task-units"):
            units += [*decision.old.split(", "), *decision.new.split(", ")]
        elif decision.task is not None:
            units += decision.task.units
    return list(dict.fromkeys(units))
