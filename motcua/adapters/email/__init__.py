"""E-mail: the messenger every person with an address can be reached by."""
