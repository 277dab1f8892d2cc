"""Bringing a file of matches up to a later generation: what changes touch is matched anew, and nothing else."""
