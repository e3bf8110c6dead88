"""What several tests build on: a small world, and fakes written by hand at the ports."""
