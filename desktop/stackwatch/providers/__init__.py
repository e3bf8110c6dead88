"""Where data comes from; each source stands behind a port of the engine."""
