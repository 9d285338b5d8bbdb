"""A template filled, or refused: in this process, or in one that the system bounds."""

from __future__ import annotations

from pathlib import Path

from parplan import i18n
from parplan.problem import Refusal
from parplan.render.template import markdown_values as template
from tests.helpers.plans import the_plan


def filled(text: str, folder: Path) -> str:
    """Return the complaint about the template ``text``, or what it gave."""
    inside = folder / "templates"
    inside.mkdir(exist_ok=True)
    (inside / "empty").write_text("", encoding="utf-8")
    (inside / "x.j2").write_text(text, encoding="utf-8")
    i18n.use("en")
    try:
        return template.render("x.j2", {"plan": the_plan()}, inside)[:200]
    except Refusal as refusal:
        return f"refused: {i18n.fill(refusal.text, refusal.values)}"
