"""Formats with a structure of their own: JSON, tables, documents, exports."""
