"""Rules of papers."""
