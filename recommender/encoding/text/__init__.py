"""What of a profile is encoded: blinded passages, weighed words and skills."""
