"""Commands that made the frozen files shipped beside the code; nothing at run time imports them."""
