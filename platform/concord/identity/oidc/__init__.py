"""Signing in through another house (OpenID Connect): who may vouch, and whom they vouch for."""
