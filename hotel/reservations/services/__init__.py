"""Writes of reservations."""
