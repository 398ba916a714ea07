"""Notifications: who is told of what, with a position of their own for each person."""
