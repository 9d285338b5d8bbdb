"""Follow a yearly plan of a ward office from plain files."""

__version__ = "0.1.0"
