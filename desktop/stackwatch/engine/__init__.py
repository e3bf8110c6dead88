"""The services of the application, run by one core thread."""
