"""Ways out of the database for signed heads."""
