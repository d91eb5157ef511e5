"""The published language: facts as frozen dataclasses of ids and plain values."""
