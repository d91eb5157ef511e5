"""Reads of the hotel day."""
