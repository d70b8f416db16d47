"""The parts of a query and how each is written."""
