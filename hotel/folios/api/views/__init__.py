"""Endpoints of folios."""
