"""Rules watched, alerts told once, with the reason for every one not shown."""
