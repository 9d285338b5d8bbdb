"""What is wrong around the plans, and what fixes it."""
