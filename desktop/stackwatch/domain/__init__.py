"""Plain immutable values: the words every other package speaks in."""
