"""Vietnamese deadline wording, read into rules and written from them."""
