"""Connectors that speak the Airbyte protocol: started, understood, and their records staged."""
