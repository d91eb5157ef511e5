"""Writes of folios."""
