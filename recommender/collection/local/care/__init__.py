"""What keeps a pool healthy: backup, check, repair, compact, export."""
