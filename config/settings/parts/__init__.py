"""One settings file per concern."""
