"""The list: its model, its painted rows, its tips."""
