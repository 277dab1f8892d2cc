"""Answers as they are sent, kept for as long as they are proven to be what a fresh question would get."""
