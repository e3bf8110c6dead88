"""Yahoo Finance through yfinance: the only package that imports it."""
