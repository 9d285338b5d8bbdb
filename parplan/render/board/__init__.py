"""The board: the year on one page."""
