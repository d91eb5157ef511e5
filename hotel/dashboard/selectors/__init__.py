"""Reads of dashboard."""
