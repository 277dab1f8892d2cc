"""Fictional people → files of résumés as different programs make them."""
