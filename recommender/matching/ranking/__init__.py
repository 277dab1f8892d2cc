"""The one order of an answer: points, blocks, diversity, cursors."""
