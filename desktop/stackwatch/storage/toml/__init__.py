"""TOML files read with places, and written without losing a user's own text."""
