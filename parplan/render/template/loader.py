"""Where may the text of a template come from, and what Jinja made of it?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, TemplateNotFound
from jinja2.bccache import Bucket

from parplan.workspace import files


class Inside(FileSystemLoader):
    """A loader that no link leads out of its folders."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Any]:
        """Return the template's text; raises TemplateNotFound where it lies elsewhere."""
        for folder in map(Path, self.searchpath):
            if not files.is_inside(folder, folder / template):
                raise TemplateNotFound(template)
        text, name, is_fresh = super().get_source(environment, template)
        return text.removeprefix("\ufeff"), name, is_fresh


class Compiled(BytecodeCache):
    """What was made of the templates that this process has filled, as long as their text is that.

    An office has a letter of one template to each of its units.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, Any]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put into ``bucket`` what was made of the text that it is for."""
        checksum, code = self._kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Take what ``bucket`` has, in place of what was made of an older text."""
        self._kept[bucket.key] = (bucket.checksum, bucket.code)
