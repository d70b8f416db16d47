"""What a statement means: its kind, what it reads and writes, and the same question for another engine."""
