"""PDF: letters on pages → words, lines and columns → text."""
