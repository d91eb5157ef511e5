"""Rooms as JSON."""
