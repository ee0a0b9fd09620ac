"""What is done to the calendar: directly at the machine, or drafted by one person and agreed by another."""
