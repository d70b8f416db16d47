"""Tables as callers see them, and the names and snapshots of their past."""
