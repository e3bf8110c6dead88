"""Names, private companies, links and spellings, shipped and of a user's own."""
