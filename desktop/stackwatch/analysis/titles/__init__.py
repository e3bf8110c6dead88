"""A title as a whole: names, tone, theme, and whether it reports an event."""
