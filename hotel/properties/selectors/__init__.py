"""Reads across the directory of properties."""
