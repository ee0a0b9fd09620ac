"""Tags of the agencies."""
