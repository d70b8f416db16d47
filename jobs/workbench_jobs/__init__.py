"""Jobs that Benchwright runs on a Ray cluster."""
