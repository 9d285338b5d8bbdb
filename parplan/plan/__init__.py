"""The plan: its model, its file, its checks, its changes."""
