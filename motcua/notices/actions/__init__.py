"""What is done with messages: sending, and keeping the words they are made of."""
