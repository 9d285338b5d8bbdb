"""What a JSON Schema that parplan ships has against data."""

from __future__ import annotations

import functools
import importlib
import json
from decimal import Decimal
from typing import Any

from parplan.schema import schema_text

jsonschema: Any = importlib.import_module("jsonschema")  # it has no types of its own


def plain(data: Any) -> Any:
    """Return ``data`` as an editor reads it: with plain numbers."""
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [plain(value) for value in data]
    return float(data) if isinstance(data, Decimal) else data


def mistakes(name: str, data: Any) -> list[str]:
    """Return what the schema called ``name`` has against ``data``."""
    return [error.message for error in _checker(name).iter_errors(data)]


@functools.cache  # what parplan ships is the same all day
def _checker(name: str) -> Any:
    rules = json.loads(schema_text(name))
    kind = jsonschema.validators.validator_for(rules)
    return kind(rules, format_checker=kind.FORMAT_CHECKER)
