"""Views of reservations."""
