"""Daily and minute bars: what is wanted, kept, grown and drawn."""
