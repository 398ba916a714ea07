"""The providers there are: those that administrators set up, and the one of the environment."""

from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from concord.actors import Actor, Face
from concord.audit.writing import note
from concord.errors import Invalid, NotFound
from concord.identity.confirming import ensure_fresh
from concord.identity.models import Role
from concord.identity.oidc.models import Provider
from concord.identity.roles import ADMINISTRATOR
from concord.installation import current_installation
from concord.keyring import seal, unseal

PURPOSE = "client-secret"
HOUSE = "house"
MOST = 20


@dataclass(frozen=True, slots=True)
class Known:
    """A provider as signing in needs it. `key` names it in addresses."""

    key: str
    name: str
    issuer: str
    client_id: str
    client_secret: str | None = field(repr=False)
    domains: tuple[str, ...]
    makes_staff: bool
    role_key: str | None

    def speaks_for(self, email: str) -> bool:
        """Whether the address is in one of the domains it may vouch for."""
        return email.rpartition("@")[2] in self.domains


@dataclass(frozen=True, slots=True)
class Button:
    """What the door shows of a provider."""

    key: str
    name: str


def buttons(session: Session) -> list[Button]:
    """All providers by their labels; the one of the environment first."""
    query = select(Provider.id, Provider.name).order_by(Provider.id)
    kept = [Button(str(row.id), row.name) for row in session.execute(query)]
    house = _of_environment()
    return [Button(house.key, house.name), *kept] if house else kept


def find(session: Session, key: str) -> Known:
    """A provider by its key; NotFound where there is none."""
    if key == HOUSE and (house := _of_environment()) is not None:
        return house
    row = session.get(Provider, int(key)) if key.isdecimal() and len(key) < 18 else None
    if row is None:
        raise NotFound
    secret = row.client_secret
    return Known(
        key=key,
        name=row.name,
        issuer=row.issuer,
        client_id=row.client_id,
        client_secret=None if secret is None else unseal(PURPOSE, secret).decode(),
        domains=tuple(row.domains),
        makes_staff=row.makes_staff,
        role_key=row.role_key,
    )


def add(session: Session, actor: Actor, *, client_secret: str | None, **values: object) -> Provider:
    """Set a provider up. Raises ProofNeeded or Invalid."""
    ensure_fresh(session, actor)
    if len(buttons(session)) >= MOST:
        raise Invalid({"_": [_("There are many providers already: remove one first.")]})
    provider = Provider(client_secret=_sealed(client_secret), **_fit(session, values))
    session.add(provider)
    return provider


def change(
    session: Session,
    actor: Actor,
    provider: Provider,
    *,
    client_secret: str | None,
    **values: object,
) -> None:
    """Change a provider; without a new secret the one it has stays. ProofNeeded or Invalid."""
    ensure_fresh(session, actor)
    for name, value in _fit(session, values).items():
        setattr(provider, name, value)
    if client_secret:
        provider.client_secret = _sealed(client_secret)


def remove(session: Session, actor: Actor, provider: Provider) -> None:
    """Nobody signs in through it any more; whom it vouched for keep their accounts."""
    ensure_fresh(session, actor)
    note(session, actor, "provider_removed", changes={"issuer": [provider.issuer, None]})
    session.delete(provider)


def redirect_address() -> str:
    """Where providers send people back to; it has to be registered with them."""
    return current_installation().settings.base_url.rstrip("/") + "/login/callback"


def _fit(session: Session, values: dict[str, object]) -> dict[str, object]:
    """Whoever makes staff must say of whom, and as what; never as administrators."""
    if not values["makes_staff"]:
        return {**values, "role_key": None}
    if not values["domains"]:
        sentence = _("Name the domains whose people may become colleagues.")
        raise Invalid({"domains": [sentence]})
    staff = select(Role.key).where(Role.face == Face.STAFF.value, Role.key != ADMINISTRATOR)
    if values["role_key"] not in set(session.scalars(staff)):
        raise Invalid({"role_key": [_("Choose one of those offered.")]})
    return values


def _sealed(secret: str | None) -> str | None:
    return seal(PURPOSE, secret.encode()) if secret else None


def _of_environment() -> Known | None:
    settings = current_installation().settings
    if settings.oidc_issuer is None:
        return None
    return Known(
        key=HOUSE,
        name=settings.oidc_name,
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id or "",
        client_secret=settings.oidc_client_secret,
        domains=settings.oidc_domains,
        makes_staff=False,
        role_key=None,
    )
