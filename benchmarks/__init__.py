"""How fast is parplan?  Commands that measure it; see README.md beside this file."""
