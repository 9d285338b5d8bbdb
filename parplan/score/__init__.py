"""The index that scores the office, and its self-score."""
