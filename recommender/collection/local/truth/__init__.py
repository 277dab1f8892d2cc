"""The truth: the SQLite database of a pool, its rows, their codes and checksums."""
