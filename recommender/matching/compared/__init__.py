"""Those who are compared: pairs side by side, and what is remembered of people."""
