"""What titles say of an occupation: a head learned from titles, titles known by name, occupations."""
