"""What the pages show, worked out before the templates draw it."""
