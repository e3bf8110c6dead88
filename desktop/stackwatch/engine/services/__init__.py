"""What works on a whole engine: what is fetched for it, what the user changes, what it is asked for."""
