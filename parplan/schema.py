"""JSON Schemas: of files, for editors; of the export and of what commands answer as JSON.

Generated from the models, so that they cannot say otherwise.  Those of plan, index and forms are
shipped beside the sample plan, and named in a file's first line; ``parplan schema`` prints each.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from parplan.doctor.lines import DoctorAnswer
from parplan.forms.model import Forms
from parplan.plan.model import Plan
from parplan.render.answers.answer import JsonAnswer
from parplan.render.answers.changes import DiffAnswer, RevisionsAnswer
from parplan.render.answers.deadline import ExplainAnswer
from parplan.render.answers.forms import FormsAnswer
from parplan.render.answers.imported import ImportAnswer
from parplan.render.answers.problems import CheckAnswer
from parplan.render.answers.rollup import RollupAnswer, RollupByAnswer, RollupDueAnswer
from parplan.render.answers.score import EvidenceAnswer, GapsAnswer, RiskAnswer, ScoreAnswer
from parplan.render.answers.show import ShowAnswer
from parplan.render.answers.status import StatusAnswer
from parplan.render.answers.tasks import DueAnswer, ListAnswer, LogAnswer
from parplan.render.export.json_file import ExportFile
from parplan.schedule.rules import Rule
from parplan.score.index import Index
from parplan.score.rules import ScoreRule

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def plan_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``plan/YEAR.yaml``."""
    return _schema(Plan, Rule, "parplan plan")


def forms_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``plan/YEAR.forms.yaml``."""
    return _schema(Forms, None, "parplan forms file")


def index_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``plan/YEAR.index.yaml``."""
    return _schema(Index, ScoreRule, "parplan index")


def _schema(
    model: type[msgspec.Struct], tagged: type[msgspec.Struct] | None, title: str
) -> dict[str, Any]:
    """Return the schema of ``model``, in which kinds of ``tagged`` are told by their keys."""
    schema = msgspec.json.schema(model)
    definitions = schema["$defs"]
    for block in definitions.values():
        if "description" in block:
            block["description"] = inspect.cleandoc(block["description"])
    for kind in tagged.__subclasses__() if tagged else ():
        _without_tag(definitions[kind.__name__], str(kind.__struct_config__.tag_field))
    _describe_decimals(definitions)
    for block in definitions.values():
        _allow_blanks(block)
    return {"$schema": _DRAFT, "title": title, **schema}


def _without_tag(definition: dict[str, Any], tag: str) -> None:
    # The tag only tells msgspec the kind of a rule; in a file the keys tell it.
    del definition["properties"][tag]
    definition["required"].remove(tag)
    if not definition["required"]:  # 'by' or 'before', one of them
        del definition["required"]
        definition["minProperties"] = 1


def _allow_blanks(block: dict[str, Any]) -> None:
    # "number:" with nothing after it means that there is none; the default says so already.
    required = block.get("required", ())
    for name, field in block.get("properties", {}).items():
        if _takes_null(field):
            inner: dict[str, Any] = next(
                (alternative for alternative in field["anyOf"] if "description" in alternative), {}
            )
            if "description" in inner:  # editors show that of the key, not of the alternative
                field.setdefault("description", inner.pop("description"))
        elif name not in required:
            description = field.pop("description", None)
            block["properties"][name] = {"anyOf": [field, {"type": "null"}]}
            if description:
                block["properties"][name]["description"] = description


def _describe_decimals(node: Any) -> None:
    # msgspec describes an exact decimal as text; in a plan it is written as a number.
    if isinstance(node, dict):
        if node.get("format") == "decimal":
            del node["format"]
            node["type"] = "number"
        for inner in node.values():
            _describe_decimals(inner)
    elif isinstance(node, list):
        for inner in node:
            _describe_decimals(inner)


def _takes_null(field: dict[str, Any]) -> bool:
    return {"type": "null"} in field.get("anyOf", ())


def export_schema() -> dict[str, Any]:
    """Return the JSON Schema of what ``parplan export json`` writes."""
    return _open_schema("export", ExportFile)


def answer_schema(command: str) -> dict[str, Any]:
    """Return the JSON Schema of what ``command``, one of ``ANSWERS``, prints as JSON."""
    return _open_schema(command, *ANSWERS[command])


def _open_schema(name: str, *models: type[msgspec.Struct]) -> dict[str, Any]:
    """Return the schema of one of ``models``; other keys are allowed: later versions add some."""
    choices, blocks = msgspec.json.schema_components(models, ref_template="#/$defs/{name}")
    for block in blocks.values():
        block.pop("additionalProperties", None)
        if "description" in block:  # a docstring, which Python from 3.13 on does not indent
            block["description"] = inspect.cleandoc(block["description"])
    content = choices[0] if len(choices) == 1 else {"anyOf": list(choices)}
    return {"$schema": _DRAFT, "title": f"parplan {name}", **content, "$defs": blocks}


ANSWERS: Mapping[str, tuple[type[JsonAnswer], ...]] = {
    "check": (CheckAnswer,),
    "diff": (DiffAnswer,),
    "doctor": (DoctorAnswer,),
    "due": (DueAnswer,),
    "evidence": (EvidenceAnswer,),
    "explain": (ExplainAnswer,),
    "forms": (FormsAnswer,),
    "import": (ImportAnswer,),
    "list": (ListAnswer,),
    "log": (LogAnswer, RevisionsAnswer),
    "rollup": (RollupAnswer, RollupByAnswer),
    "rollup due": (RollupDueAnswer,),
    "score": (ScoreAnswer,),
    "score gaps": (GapsAnswer,),
    "score risk": (RiskAnswer,),
    "show": (ShowAnswer,),
    "status": (StatusAnswer,),
}
"""What each command prints with ``--format json``, by its options one of several."""

SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "plan": plan_schema,
    "index": index_schema,
    "forms file": forms_schema,
    "export": export_schema,
    **{command: functools.partial(answer_schema, command) for command in ANSWERS},
}


def schema_text(name: str) -> str:
    """Return the schema called ``name``, one of ``SCHEMAS``, as the file that is shipped."""
    return msgspec.json.format(msgspec.json.encode(SCHEMAS[name]()), indent=2).decode() + "\n"
