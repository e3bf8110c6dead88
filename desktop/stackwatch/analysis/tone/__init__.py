"""What a title means for the companies it names."""
