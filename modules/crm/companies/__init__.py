"""Companies: customers, suppliers, or both."""
