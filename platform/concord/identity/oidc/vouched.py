"""What a provider says of somebody, once it is checked."""

from dataclasses import asdict, dataclass
from typing import Any

from concord.errors import ConcordError
from concord.identity.email import normalised
from concord.identity.oidc.providers import Known
from concord.web.marks import N_

LONGEST_NAME = 120


class ProviderFailed(ConcordError):
    """The provider was not reached, or did not prove anything; the details are for the log."""

    status = 422
    title = N_("The other side could not vouch for you. Try again, or sign in another way.")


@dataclass(frozen=True, slots=True)
class Vouched:
    """Somebody a provider vouches for. They are known by issuer and subject, never by the address;
    `is_verified` only where the provider may speak for the address and says that it is theirs;
    `signed_in_at` in seconds since 1970, 0 where the provider does not say."""

    provider: str
    issuer: str
    subject: str
    email: str | None
    is_verified: bool
    name: str
    signed_in_at: int = 0

    @classmethod
    def of(
        cls,
        provider: Known,
        *,
        subject: str,
        email: str | None,
        is_verified: bool,
        name: str,
        signed_in_at: int,
    ) -> "Vouched":
        try:
            address = None if email is None else normalised(email)
        except ValueError:
            address = None
        believed = is_verified and address is not None and provider.speaks_for(address)
        shown = " ".join(name.split())[:LONGEST_NAME]
        return cls(provider.key, provider.issuer, subject, address, believed, shown, signed_in_at)

    def kept(self) -> dict[str, Any]:
        return asdict(self)
