"""Writes of rates."""
