"""Commits: what is asked, the files that come of it, and the snapshot that makes them visible."""
