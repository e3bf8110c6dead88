"""Headlines, the stories they make, and what they explain."""
