"""What every panel is drawn with: theme, icons, painting, small controls."""
