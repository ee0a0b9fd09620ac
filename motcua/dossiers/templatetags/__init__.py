"""Tags that other apps' pages use to show what dossiers know."""
