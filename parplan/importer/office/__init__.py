"""Readers of docx, xlsx and csv, each bounded."""
