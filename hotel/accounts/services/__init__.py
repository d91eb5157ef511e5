"""Writes: users, roles, tokens."""
