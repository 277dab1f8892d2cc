"""What the answers of a run rest on, kept beside its file, so that the file can be brought up to a later generation."""
