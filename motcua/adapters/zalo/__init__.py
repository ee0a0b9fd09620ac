"""Zalo: messages made of registered templates (ZNS), from the authority's official account."""
