"""Exports for other programs: xlsx, ics, csv, json."""
