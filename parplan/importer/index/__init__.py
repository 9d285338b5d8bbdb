"""From a table of criteria to an index."""
