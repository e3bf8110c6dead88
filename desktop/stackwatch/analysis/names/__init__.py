"""Which companies a title names."""
