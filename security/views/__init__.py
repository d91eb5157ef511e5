"""Staff pages of security."""
