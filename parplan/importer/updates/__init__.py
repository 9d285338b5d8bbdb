"""Reads what units write about their tasks: a sheet, or lines of text."""
