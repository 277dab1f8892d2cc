"""What is asked in words, as the matcher weighs it: signals of a request, and which of its conditions a match meets."""
