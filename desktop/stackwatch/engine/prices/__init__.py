"""Prices as the program believes them: checked, judged for freshness, turned into moves."""
