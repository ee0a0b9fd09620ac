"""The working calendar and the dates that follow from it."""
