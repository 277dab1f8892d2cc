"""What an offline match is written as: rows, their schema, and files of them in three forms."""
