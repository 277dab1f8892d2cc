"""Free-form résumés."""
