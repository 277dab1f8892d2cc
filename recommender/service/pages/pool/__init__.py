"""The pool as a whole: what it holds, in plots and as a picture."""
