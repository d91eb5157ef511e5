"""Writes of the hotel day."""
