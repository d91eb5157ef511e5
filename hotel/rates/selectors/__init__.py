"""Reads of rates."""
