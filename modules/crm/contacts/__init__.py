"""Contacts: the people at a company."""
