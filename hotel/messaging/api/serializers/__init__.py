"""Shapes of the messaging API."""
