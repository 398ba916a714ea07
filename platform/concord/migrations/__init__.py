"""The one history of the product's tables."""
