"""Reads of folios."""
