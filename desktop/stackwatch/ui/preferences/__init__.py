"""Settings: how they are kept, and the window to change them."""
