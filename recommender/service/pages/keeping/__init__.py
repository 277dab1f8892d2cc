"""What a visitor keeps of the people: a shortlist, people side by side, and tables to take along."""
