"""Where may the text of a template come from?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, TemplateNotFound

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
