"""Reads sources, by Airbyte connectors or natively, and lands their streams in the lake."""
