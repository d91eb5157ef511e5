"""Simulates whole hotels day by day through the real services, and checks all that must hold each night."""
