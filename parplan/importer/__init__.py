"""Readers of plans that arrive as files of office programs."""
