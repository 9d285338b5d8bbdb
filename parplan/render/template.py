"""Text from a Jinja template.

Templates are data from people: they run in Jinja's sandbox, and a name that the
context lacks is an error and not an empty place.
"""

from __future__ import annotations

from collections.abc import Mapping

from parplan import store


def render(name: str, context: Mapping[str, object]) -> str:
    """Return the packaged template ``name`` filled with ``context``."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(
        undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True, autoescape=False
    )
    source = store.packaged(f"templates/{name}").read_text(encoding="utf-8")
    return environment.from_string(source).render(context)
