"""What its owner does to keep a pool healthy."""
