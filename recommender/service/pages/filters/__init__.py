"""The controls of a list of people: what can be chosen, what is, and how it is said and undone."""
