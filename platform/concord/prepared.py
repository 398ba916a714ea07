"""Statements built once for all who have the same rights; who asks is bound when they run.

Building a statement over the policies of every kind of record takes longer than running it. What
is built here knows of its reader what the key holds, by value: the face, what the roles grant,
the field groups. The ids of the person, the company and the teams are parameters. Nothing else of
an actor reaches a policy, so a statement cannot hold what belongs to one person alone.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import BigInteger, BindParameter, Result, bindparam, lambda_stmt
from sqlalchemy.orm import Session

from concord.actors import Actor, Face, Scope
from concord.installation import current_installation

Build: TypeAlias = Callable[..., Any]
"""Makes a statement from an actor whose ids are parameters, and from the rest of its key."""


def number(name: str) -> BindParameter[int]:
    """A whole number that is given each time a statement runs."""
    return bindparam(name, type_=BigInteger)


def numbers(name: str) -> BindParameter[int]:
    """Any number of them, for IN."""
    return bindparam(name, type_=BigInteger, expanding=True)


USER, COMPANY = number("actor_user_id"), number("actor_company_id")
RECORD = number("record_id")


def execute(
    session: Session, build: Build, actor: Actor | None, *key: Hashable, **values: object
) -> Result[*tuple[Any, ...]]:
    """The rows of what `build(actor, *key)` selects; `values` are its own parameters.

    `build` is a function of a module, or a method of something that lives as long.
    """
    rights = None if actor is None else _Rights.of(actor)
    prepared = _Prepared(build, rights, key, current_installation().records)
    given = values if actor is None else values | _ids(actor)
    return session.execute(_statement(prepared), given)


@dataclass(frozen=True, slots=True)
class _Rights:
    """Whatever a policy may ask of an actor, without the ids."""

    face: Face
    grants: frozenset[tuple[str, Scope]]
    field_groups: frozenset[str]
    is_administrator: bool
    user: bool
    company: bool
    teams: int

    @classmethod
    def of(cls, actor: Actor) -> "_Rights":
        return cls(
            face=actor.face,
            grants=frozenset(actor.grants.items()),
            field_groups=actor.field_groups,
            is_administrator=actor.is_administrator,
            user=actor.user_id is not None,
            company=actor.company_id is not None,
            teams=len(actor.team_ids),
        )

    def anybody(self) -> Actor:
        """An actor with these rights whose ids are parameters."""
        ids: dict[str, Any] = {
            "user_id": USER if self.user else None,
            "company_id": COMPANY if self.company else None,
            "team_ids": frozenset(number(f"actor_team_{n}") for n in range(self.teams)),
        }
        return Actor(
            face=self.face,
            grants=dict(self.grants),
            field_groups=self.field_groups,
            is_administrator=self.is_administrator,
            **ids,
        )


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What a statement is made of. `house` tells installations in one process apart."""

    build: Build
    rights: _Rights | None
    key: tuple[Hashable, ...]
    house: object

    def made(self) -> Any:
        actor = () if self.rights is None else (self.rights.anybody(),)
        return self.build(*actor, *self.key)


def _statement(prepared: _Prepared) -> Any:
    # A default, not a closure: SQLAlchemy would look into what a lambda closes over.
    def made(prepared: _Prepared = prepared) -> Any:
        return prepared.made()

    return lambda_stmt(made, track_on=[prepared])


def _ids(actor: Actor) -> dict[str, int]:
    ids = {"actor_user_id": actor.user_id, "actor_company_id": actor.company_id}
    ids |= {f"actor_team_{n}": team_id for n, team_id in enumerate(sorted(actor.team_ids))}
    return {name: value for name, value in ids.items() if value is not None}
