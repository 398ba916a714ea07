"""One change to many records: durable, held and continued at will, taken back as a whole."""
