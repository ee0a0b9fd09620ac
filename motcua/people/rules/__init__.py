"""Judgements about accounts and those who sign in, one module per topic."""
