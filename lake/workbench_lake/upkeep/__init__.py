"""Compaction, expiry and the removal of orphans."""
