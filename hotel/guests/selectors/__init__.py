"""Reads of guests."""
