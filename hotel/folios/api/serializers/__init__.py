"""Folios, postings and ledgers as JSON."""
