"""Looks at the house from outside: weak packages, secrets in files, risky code, and what is installed."""
