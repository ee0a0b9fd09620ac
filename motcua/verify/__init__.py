"""Judging the citizen's proof without the portal: a program, and one page that works offline."""
