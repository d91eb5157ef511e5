"""Settings: base imports one part per concern; local, test and production switch the environment."""
