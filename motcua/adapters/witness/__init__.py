"""Witnesses of the log, over C2SP tlog-witness. `motcua.witness` is one that can be run elsewhere."""
