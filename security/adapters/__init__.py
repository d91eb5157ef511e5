"""Outside systems of security: where keys come from, and ways out of the database for signed heads."""
