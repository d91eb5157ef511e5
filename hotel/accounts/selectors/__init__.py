"""Reads: who may what, where and why."""
