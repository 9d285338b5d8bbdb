"""What is due, late or done, and how many of each."""
