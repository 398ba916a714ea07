"""Keys for separate purposes, derived from the one secret (HKDF-like: HMAC-SHA256 by purpose)."""

import hashlib
import hmac

from concord.installation import current_installation


def derived_key(purpose: str) -> bytes:
    """32 bytes for one purpose; knowing one tells nothing of another."""
    secret = current_installation().settings.secret_key.encode()
    return hmac.new(secret, f"concord:{purpose}".encode(), hashlib.sha256).digest()


def hashed_token(token: str) -> str:
    """How a random token is kept: its SHA-256 in hex. Tokens have 256 bits, so no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
