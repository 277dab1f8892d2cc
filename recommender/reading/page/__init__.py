"""Profile pages of talent platforms."""
