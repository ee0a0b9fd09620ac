"""The journal: who did what, chained so that nobody can rewrite it unseen."""
