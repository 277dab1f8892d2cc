"""Sealed files: written once, checked by their blocks, and mapped ever after."""
