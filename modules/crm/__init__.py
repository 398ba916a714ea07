"""Customers, suppliers and the people who work there."""
