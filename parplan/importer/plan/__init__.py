"""From a file's paragraphs and tables to a plan."""
