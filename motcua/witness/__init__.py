"""A witness to a log: a small program for somebody else's machine, which cosigns only growth."""
