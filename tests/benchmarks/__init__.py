"""Benchmarks: ``python -m tests.benchmarks`` runs them and prints a table."""
