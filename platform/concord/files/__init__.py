"""Files: uploaded first, then part of an entry, and from then on seen by whoever sees the entry."""
