"""Word documents: their parts, and the text in them as it is seen."""
