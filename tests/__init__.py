"""What parplan promises, as tests."""
