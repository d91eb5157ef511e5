"""Card processors: one protocol, a simulator on the loopback, Stripe."""
