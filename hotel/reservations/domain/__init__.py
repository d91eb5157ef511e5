"""Pure rules of reservations: no Django, no clock, no database."""
