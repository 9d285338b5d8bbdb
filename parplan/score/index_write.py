"""Write an index as a YAML file that a clerk can read and go on with."""

from __future__ import annotations

from collections.abc import Sequence

from parplan.score.index import Index
from parplan.score.rules import ScoreRule, Step
from parplan.yamlfile.write import Comments, Layout, write_model

_LAYOUT = Layout(
    order={
        Index: ("schema", "year", "title", "source", "example", "points", "ceiling", "fields"),
        Step: ("at_least", "above", "at_most", "below", "points"),
    },
    always=frozenset(),
    in_one_line=(ScoreRule,),
    spaced=frozenset({"fields", "groups"}),
    apart=frozenset({"fields", "groups"}),
)


def write_index(index: Index, heading: Sequence[str], comments: Comments | None) -> str:
    """Return ``index`` as the text of a YAML file; ``heading`` are the sentences at its top.

    ``read_index`` gives an equal index back.
    """
    return write_model(index, "index.schema.json", _LAYOUT, heading, comments)
