"""Webhooks: other programs are told what happens, as far as the owner of each may know it."""
