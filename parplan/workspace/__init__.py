"""The files of a workspace, its lock, its cache, its git."""
