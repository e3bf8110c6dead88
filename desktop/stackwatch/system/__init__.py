"""The machine around the program: scheduler, logging, notifications, start-up."""
