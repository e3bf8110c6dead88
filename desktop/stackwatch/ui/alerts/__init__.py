"""The inbox, the popups and the tray icon."""
