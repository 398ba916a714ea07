"""Keys for separate purposes, derived from the one secret (HKDF-like: HMAC-SHA256 by purpose)."""

import hashlib
import hmac

from concord.installation import current_installation
from concord.settings import Settings


def derived_key(purpose: str, settings: Settings | None = None) -> bytes:
    """32 bytes for one purpose of the current house, or of the one with these settings; knowing
    one tells nothing of another."""
    secret = (settings or current_installation().settings).secret_key.encode()
    return hmac.new(secret, f"concord:{purpose}".encode(), hashlib.sha256).digest()


def name_in_redis(settings: Settings) -> str:
    """What this house's channel and keys in a Redis are called: several houses may share one."""
    return f"concord:{derived_key('redis', settings).hex()[:16]}"


def hashed_token(token: str) -> str:
    """How a random token is kept: its SHA-256 in hex. Tokens have 256 bits, so no salt."""
    return hashlib.sha256(token.encode()).hexdigest()
