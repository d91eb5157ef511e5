"""Rates as JSON."""
