"""The REST API: one declaration for each collection, the same rules for all of them."""
