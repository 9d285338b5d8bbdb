"""Tables on a screen."""
