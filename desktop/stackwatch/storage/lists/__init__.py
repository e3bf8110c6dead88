"""Watchlists as files, and those of other programs."""
