"""Reads of rooms."""
