"""Tasks: what somebody promised to do, on any record, by when."""
