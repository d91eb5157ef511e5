"""Writes of guests."""
