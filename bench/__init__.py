"""Measurements: each script makes its own data in its own database and prints a ratio."""
