"""What those who run the program can know of it: looks, figures, slow statements, reports."""
