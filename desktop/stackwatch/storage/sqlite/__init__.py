"""The store: one SQLite file, its tables and its migrations."""
