"""Which law holds on which day for whom: legal profiles, dated, versioned, agreed by two persons."""
