"""The feature columns of a segment's rows: in as few bits as rounded numbers need, or as they are."""
