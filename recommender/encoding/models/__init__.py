"""Encoders of text, and the weights, graphs and splitting that they need."""
