"""Forms of the staff pages; the rules are asked of the services."""
