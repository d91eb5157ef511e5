"""Tables of reservations."""
