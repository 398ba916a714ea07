"""The demo world's tasks: what is late, due, planned and done."""
