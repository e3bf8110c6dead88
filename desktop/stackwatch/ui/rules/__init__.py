"""The rules of the window: editor, noise preview and the table of armed rules."""
