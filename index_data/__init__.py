"""The committed sample pool and the generator that writes it."""
