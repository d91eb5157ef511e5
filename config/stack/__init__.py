"""The servers and processes of one machine: PostgreSQL, Valkey, web, worker and beat.

Nothing in this package reads Django's settings: it prepares the environment they are read from.
"""
