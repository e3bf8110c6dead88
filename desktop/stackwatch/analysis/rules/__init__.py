"""When a rule fires, live and in stored prices."""
