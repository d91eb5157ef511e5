"""Tables of guests."""
