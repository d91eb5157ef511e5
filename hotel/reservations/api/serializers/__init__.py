"""What reservations look like in the API."""
