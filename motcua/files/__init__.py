"""Files people hand in and papers we hand out, kept by their fingerprint."""
