"""The engine in PostgreSQL (15 or later) with pgvector (0.8 or later): `PostgresCollection` and what it is made of."""
