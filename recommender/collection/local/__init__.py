"""The engine in a folder: a SQLite database that is the truth, sealed files derived from it, and what came since."""
