"""What many desks wrote comes together."""
