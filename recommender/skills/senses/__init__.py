"""What a name means where it is: somebody's name, another sense of the word, somebody else's skill, or the person's."""
