"""Endpoints of rooms."""
