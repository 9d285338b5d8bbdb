"""What a periodic report tells."""
