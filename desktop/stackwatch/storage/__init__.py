"""What is kept on disk: the SQLite store and the TOML files."""
