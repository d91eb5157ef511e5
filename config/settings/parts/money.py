"""Amounts are django-money's; which currencies exist is the business of properties, not of each column."""

# No list of the world's 300 currencies in every amount's column, form and migration: it made up a fifth of the time
# of the first migration. Forms offer the currencies of the person's properties (ScopedAdmin), the API knows ISO 4217.
CURRENCY_CHOICES: list[tuple[str, str]] = []
