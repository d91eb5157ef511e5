"""Reads of the staff pages that no app below needs."""
