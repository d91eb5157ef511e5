"""Django's database backend for PostgreSQL, with one limit more; ``ENGINE`` of the settings."""
