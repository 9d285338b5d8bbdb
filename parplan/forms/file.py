"""Read the statistical forms from their YAML file, or say everything that is wrong with it."""

from __future__ import annotations

from parplan.forms.model import Forms
from parplan.yamlfile import reading
from parplan.yamlfile.reading import FileReading, Shape


def read_forms(path: str, data: bytes) -> FileReading[Forms]:
    """Return what the bytes of the file of forms called ``path`` hold."""
    return reading.read(path, data, Shape(Forms, lambda _content: None))
