"""Benchmarks: ratios within one run, on servers that keep every disk guarantee. See README.md."""
