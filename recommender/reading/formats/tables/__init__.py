"""Tables of people, a row each: CSV files, and what a column of any table holds."""
