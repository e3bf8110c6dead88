"""Alert rules as a file."""
