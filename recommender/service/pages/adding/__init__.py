"""Adding and editing somebody: what a text is, where in it each value is, and the form to correct."""
