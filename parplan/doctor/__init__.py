"""What is wrong around the plans, and what mends it."""
