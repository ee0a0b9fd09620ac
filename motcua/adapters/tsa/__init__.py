"""A time-stamping authority, by RFC 3161 over HTTP."""
