"""Changes of lists, companies and links of a user's own, as values."""
