"""Templates of people, filled in a sandbox."""
