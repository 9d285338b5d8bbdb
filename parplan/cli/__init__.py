"""The command line's plumbing: options, session, output, how the program ends."""
