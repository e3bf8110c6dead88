"""Pure functions on arrays and text: no clock, no network, no disk."""
