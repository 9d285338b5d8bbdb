"""What was recorded, and in which state it leaves things."""
