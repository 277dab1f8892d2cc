"""JSON Resume, and the résumés in other JSON that are read as it."""
