"""Make the README fit for a package index, where a link to a file of the repository is dead.

A metadata hook of hatchling: the name stays, as code, and the link goes.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

README = Path(__file__).parent.parent / "README.md"
_TO_A_FILE = re.compile(r"\[([^]]+)\]\((?!https?://)[^)]+\)")


def index_page(text: str) -> str:
    """Return the Markdown ``text`` with links to the web only."""
    return _TO_A_FILE.sub(r"`\1`", text)


class ReadmeHook(MetadataHookInterface):
    """Hands over the description of the package."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Fill in ``readme``, which pyproject.toml calls dynamic."""
        text = index_page(README.read_text(encoding="utf-8"))
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
