"""A local server that speaks Yahoo's protocol, for tests that run the unmodified program."""
