"""The lake writer: the one process that commits to the Iceberg tables of a workspace."""
