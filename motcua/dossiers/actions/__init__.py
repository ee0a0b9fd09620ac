"""What people and clocks do to a dossier, in the order in which things happen at the counter."""
