"""The JSON answers of the commands, a struct each; keys may be added, never renamed."""
