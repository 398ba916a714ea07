"""Requests that leave this program: one guarded client for all of them."""
