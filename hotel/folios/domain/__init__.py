"""Rules of folios: pure."""
