"""Jobs in running text, as job boards write it: nothing separates a head from the text before it."""
