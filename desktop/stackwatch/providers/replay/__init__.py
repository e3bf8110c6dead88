"""Documented days played again: closes are facts, the paths between them are reconstructed."""
