"""Where heads are kept outside of the database."""
