"""Stackwatch: what moved the AI stack, why, and who else is exposed."""

__version__ = "0.1.0"
