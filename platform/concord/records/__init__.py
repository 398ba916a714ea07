"""The record spine: one row for every business object."""
