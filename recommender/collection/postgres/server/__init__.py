"""The server: where it is, connections to it, the tables of a pool, and what one says of the pool as a whole."""
