"""What is done with agencies: seeding the places, keeping agencies, units and posts."""
