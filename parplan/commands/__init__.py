"""One command a module: take the options, call one function, print, exit."""
