"""Writes: properties, settings, business days."""
