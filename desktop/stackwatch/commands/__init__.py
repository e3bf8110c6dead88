"""The commands that need no window: each prints plain text, or JSON alone with ``--json``."""
