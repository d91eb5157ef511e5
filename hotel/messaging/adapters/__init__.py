"""The ways out: mail server, gateways, console; and webhooks."""
