"""What a list shows, as a file: the same rows, columns, order and rights."""
