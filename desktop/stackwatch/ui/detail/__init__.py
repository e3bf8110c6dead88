"""What is told of the name one looks at."""
