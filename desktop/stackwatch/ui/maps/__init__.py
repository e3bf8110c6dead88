"""The same names as a heat map and as a map of exposures."""
