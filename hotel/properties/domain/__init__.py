"""Rules of properties, without Django."""
