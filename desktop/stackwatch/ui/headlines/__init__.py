"""The headlines of the window: stories in one list, and one of them to read."""
