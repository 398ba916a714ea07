"""Knowledge: what the house has learned, written down for those it helps."""
