"""What is measured: each operation with its bare statement, its budgets and its best peer."""

from collections.abc import Mapping
from dataclasses import dataclass

COLUMNS = """
    r.id, r.kind, r.title, r.owner_id, r.team_id, r.company_id, r.version, r.created_at,
    r.updated_at, p.is_customer, p.is_supplier, c.tier, c.state, c.industry, c.city, c.phone,
    c.email, c.website, c.employees, c.customer_since, c.source, c.custom, c.notes
"""
COMPANIES = f"""
    SELECT {COLUMNS} FROM concord_records r JOIN concord_parties p ON p.id = r.id
    JOIN crm_companies c ON c.id = r.id WHERE r.kind = 'company' AND r.archived_at IS NULL
"""  # noqa: S608
BY_NAME = "AND p.is_customer ORDER BY r.sort_key, r.id LIMIT 50"
SEARCHED = """
    SELECT d.record_id, d.kind, d.title FROM concord_search_index i
    JOIN concord_search_documents d ON d.id = i.id JOIN concord_records r ON r.id = d.record_id
    WHERE i.names @@ %s::tsquery AND r.archived_at IS NULL ORDER BY i.id DESC LIMIT 20
"""
ENTRIES = """
    SELECT e.id, e.at, e.actor_id, e.actor_name, e.kind, e.fact_type, e.payload, e.body,
        l.position, l.audience
    FROM concord_timeline_links l JOIN concord_timeline_entries e ON e.id = l.entry_id
    WHERE l.record_id = %s ORDER BY l.position DESC LIMIT 20
"""
WRITTEN = """
    WITH counter AS (
        INSERT INTO concord_timeline_streams VALUES (%(place)s, 0, 0, 1)
        ON CONFLICT (record_id, audience, company_id)
        DO UPDATE SET position = concord_timeline_streams.position + 1 RETURNING position
    ), entry AS (
        INSERT INTO concord_timeline_entries (at, actor_id, actor_name, actor_face, kind,
            fact_type, fact_version, payload, body, record_id)
        VALUES (now(), 1, 'x', 'staff', 'note', 'note.posted', 1, '{}', %(body)s, %(place)s)
        RETURNING id
    )
    INSERT INTO concord_timeline_links (record_id, position, entry_id, audience)
    SELECT %(place)s, counter.position, entry.id, 0 FROM counter, entry RETURNING entry_id
"""


@dataclass(frozen=True, slots=True)
class Budget:
    """At most `limit` times the p50 of what it is measured by, or `milliseconds` at p95."""

    limit: float = 0.0
    of: str = "floor"
    milliseconds: float = 0.0

    def __str__(self) -> str:
        if self.milliseconds:
            return f"p95 ≤ {self.milliseconds:.0f} ms"
        return f"≤ {self.limit:g} × {self.of}"


@dataclass(frozen=True, slots=True)
class Operation:
    """`json` and `page` name the requests of `asking.Asking`; a budget is for concurrency 1."""

    key: str
    title: str
    statement: str
    parameters: str
    json: str | None = None
    page: str | None = None
    json_budget: Budget | None = None
    page_budget: Budget | None = None
    peer: str = ""
    most_statements: Mapping[str, int] | None = None

    def ways(self) -> list[tuple[str, str, Budget | None]]:
        """What it is asked for as, the name of its requests, and the budget."""
        found = []
        if self.json:
            found.append(("JSON", self.json, self.json_budget))
        if self.page:
            found.append(("HTML", self.page, self.page_budget))
        return found


SEARCH = Budget(milliseconds=50)
OPERATIONS = (
    Operation(
        "a", "customers, first 50 by name", f"{COMPANIES} {BY_NAME}", "nothing",
        "list_json", "list_page", Budget(3), Budget(10), "60 ms, 28/s (Odoo)", {"JSON": 4},
    ),
    Operation(
        "b", "the same, page 500",
        f"{COMPANIES} AND (r.sort_key, r.id) > (%s, %s) {BY_NAME}", "page_500",
        "deep_json", "deep_page", Budget(1.2, "a"), Budget(1.2, "a"), "185 ms, 11/s (Odoo)",
    ),
    Operation(
        "c", "search box: name, 汉字, pinyin, phone", SEARCHED, "queries",
        "search_json", "palette", SEARCH, SEARCH, "167–340 ms, 4–8/s",
    ),
    Operation(
        "c2", "the customers narrowed by the same", SEARCHED, "queries",
        "narrowed_json", "narrowed_page", SEARCH, SEARCH, "167–340 ms, 4–8/s",
    ),
    Operation(
        "d", "open one customer", f"{COMPANIES} AND r.id = %s", "customers",
        "record_json", "record_page", Budget(3), Budget(15), "36 ms, 45/s (Odoo); page 189 ms",
        {"JSON": 6, "HTML": 12},
    ),
    Operation(
        "e", "20 timeline entries of customer 42", ENTRIES, "crowded",
        "entries_json", "entries_page", Budget(3), Budget(6),
        "22 ms, 78/s (Tryton); 34 ms, 61/s (Odoo)", {"JSON": 4},
    ),
    Operation(
        "f", "post a note, with all its effects", WRITTEN, "notes",
        "post_json", None, Budget(6), None, "12 ms, 132/s (Tryton, no push); 26 ms, 85/s (Odoo)",
    ),
)  # fmt: skip
ABSENT = "g, h (opportunities) and l (import) are not measured: the product does not have them yet."
