"""Endpoints of rates."""
