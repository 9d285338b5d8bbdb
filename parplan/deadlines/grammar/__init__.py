"""Vietnamese deadline phrases: words, dates, limits, clauses."""
