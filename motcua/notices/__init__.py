"""Messages to people: the inbox on the portal, e-mail, and the words they use."""
