"""Every change, sign-in, permission, export and refusal, kept for whoever must answer for it."""
