"""E-forms: one JSON definition drawn, read, checked and summed up on the server.

Pure: no database, no clock, no Django. `today` and the list of places are handed in.
How to add a form: `docs/howto/add-a-form.md`.
"""
