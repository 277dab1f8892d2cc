"""What the roles, titles and skills of a profile show: occupation, career, how long, expertise."""
