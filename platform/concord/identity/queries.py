"""Lists of people, for the settings and for the company they belong to."""

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from concord.actors import Actor, Face
from concord.database.paging import Page, page
from concord.errors import NotFound
from concord.identity.directory import Asked
from concord.identity.models import PortalMembership, Role, Team, User, UserRole
from concord.identity.policy import PEOPLE
from concord.records.models import Record

LARGEST_ID = 2**63 - 1
MOST_CHOICES = 1000


def colleagues(
    session: Session, actor: Actor, asked: Asked, *, cursor: str | None = None
) -> Page[User]:
    """The staff by name, with their teams and roles."""
    query = asked.narrowed(PEOPLE.visible(actor).where(User.is_staff))
    loaded = query.options(selectinload(User.held_roles), joinedload(User.team))
    return page(session, loaded, order=(User.sort_key, User.id), cursor=cursor)


def people_outside(
    session: Session, actor: Actor, asked: Asked, *, cursor: str | None = None
) -> Page[User]:
    """People of customers and suppliers by name, with the companies they act for."""
    query = asked.narrowed(PEOPLE.visible(actor).where(User.is_staff.is_(False)))
    companies = selectinload(User.memberships).joinedload(PortalMembership.company)
    return page(session, query.options(companies), order=(User.sort_key, User.id), cursor=cursor)


def staff_names(session: Session, also: str = "") -> list[tuple[int, str]]:
    """Colleagues by name, as choices, and somebody else by id, where one is asked for already."""
    wanted: ColumnElement[bool] = User.is_staff.is_(True)
    if also.isdecimal():
        wanted = or_(wanted, User.id == int(also))
    names = select(User.id, User.name).where(wanted).order_by(User.sort_key, User.id)
    return [(user_id, name) for user_id, name in session.execute(names.limit(MOST_CHOICES))]


def person(session: Session, actor: Actor, user_id: int) -> User:
    """Somebody the actor may know of, with roles and team; NotFound otherwise."""
    if not 0 < user_id <= LARGEST_ID:
        raise NotFound
    query = PEOPLE.visible(actor).where(User.id == user_id)
    loaded = query.options(selectinload(User.held_roles), joinedload(User.team))
    found = session.scalars(loaded).one_or_none()
    if found is None:
        raise NotFound
    return found


def teams(session: Session) -> list[Team]:
    return list(session.scalars(select(Team).order_by(Team.name, Team.id)))


def team_sizes(session: Session) -> dict[int, int]:
    """How many who are not disabled belong to each team."""
    members = select(Team.id, func.count()).join(User, User.team_id == Team.id)
    counted = members.where(User.disabled_at.is_(None)).group_by(Team.id)
    return dict(session.execute(counted).all())


def team_members(session: Session, team_id: int) -> list[User]:
    """Who belongs to a team, disabled people too, by name."""
    members = select(User).where(User.team_id == team_id).order_by(User.sort_key, User.id)
    return list(session.scalars(members.options(selectinload(User.held_roles))))


def roles(session: Session, face: Face | None = None) -> list[Role]:
    query = select(Role).order_by(Role.id)
    return list(session.scalars(query if face is None else query.where(Role.face == face.value)))


def role_holders(session: Session) -> dict[int, int]:
    """How many who are not disabled have each role."""
    holders = select(UserRole.role_id, func.count()).join(User, User.id == UserRole.user_id)
    return dict(
        session.execute(holders.where(User.disabled_at.is_(None)).group_by(UserRole.role_id)).all()
    )


def memberships_of(session: Session, user_id: int) -> list[PortalMembership]:
    """For whom somebody outside acts, by the companies' names."""
    query = (
        select(PortalMembership)
        .join(Record, Record.id == PortalMembership.company_id)
        .where(PortalMembership.user_id == user_id)
        .options(joinedload(PortalMembership.company))
        .order_by(Record.sort_key, PortalMembership.id)
    )
    return list(session.scalars(query))


def members(session: Session, company_id: int, face: Face | None = None) -> list[PortalMembership]:
    """Who may act for a company in its portal, by name; disabled accounts are left out."""
    query = (
        select(PortalMembership)
        .join(User, User.id == PortalMembership.user_id)
        .where(PortalMembership.company_id == company_id, User.disabled_at.is_(None))
        .options(joinedload(PortalMembership.user))
        .order_by(User.sort_key, PortalMembership.id)
    )
    if face is not None:
        query = query.where(PortalMembership.face == face.value)
    return list(session.scalars(query))
