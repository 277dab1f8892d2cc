"""What is stored of profiles: rows, and how many have each value; all in one transaction a write."""
