"""What somebody means who types into the search box: a person, people with a value, or a request in words."""
