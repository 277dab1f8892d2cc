"""Derived files: built from the truth, sealed with a checksum, published whole."""
