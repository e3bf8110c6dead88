"""Titles that tell one report, and what becomes of it."""
