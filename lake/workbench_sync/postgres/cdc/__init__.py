"""Changes by logical replication: a slot per stream, pgoutput decoded, rows and deletions merged by primary key."""
