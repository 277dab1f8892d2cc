"""What every reader of text shares: lines, dates, contact details, words of titles."""
