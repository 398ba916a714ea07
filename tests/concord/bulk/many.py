"""Companies by the thousand, made as quickly as the database takes them."""

from sqlalchemy import func, insert, select, text

from concord.clock import now
from concord.parties.models import Party
from concord.records.models import Record
from modules.crm.companies.models import Company
from tests.world import World


def many_companies(world: World, count: int, owner: str = "lin") -> list[int]:
    """So many customers of one person; gives their ids."""
    person, moment = world.actor(owner), now()
    with world.writing() as session:
        first = (session.scalar(select(func.max(Record.id))) or 0) + 1
        ids = list(range(first, first + count))
        spine = {
            "kind": "company", "owner_id": person.user_id, "team_id": min(person.team_ids),
            "version": 1, "created_at": moment, "updated_at": moment,
        }  # fmt: skip
        names = {id_: f"Company {id_}" for id_ in ids}
        session.execute(
            insert(Record.__table__),  # type: ignore[arg-type]
            [
                {**spine, "id": i, "company_id": i, "title": n, "sort_key": n.lower()}
                for i, n in names.items()
            ],
        )
        side = {"is_customer": True, "is_supplier": False}
        session.execute(insert(Party.__table__), [{**side, "id": i} for i in ids])  # type: ignore[arg-type]
        rest = {"tier": "none", "state": "active", "custom": {}}
        session.execute(
            insert(Company.__table__),  # type: ignore[arg-type]
            [{**rest, "id": i, "name_key": f"company{i}"} for i in ids],
        )
        if not world.installation.database.sqlite:
            serial = "pg_get_serial_sequence('concord_records', 'id')"
            session.execute(text(f"SELECT setval({serial}, {ids[-1]})"))
        session.commit()
    return ids
