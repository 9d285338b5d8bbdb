"""One output format a module; a heavy library is imported where it is used."""
