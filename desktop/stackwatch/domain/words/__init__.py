"""Values into words of both languages."""
