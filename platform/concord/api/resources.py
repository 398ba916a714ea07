"""What a collection answers: the same rules for every noun, whatever it holds."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import orjson
from flask import Response, request
from flask_babel import gettext as _
from sqlalchemy import Select
from sqlalchemy.exc import IntegrityError, StatementError

from concord.actors import Actor
from concord.api import body, tree
from concord.api.answers import JSON, answer, encoded, nothing
from concord.api.collection import AnyCollection
from concord.api.filtering import Query, read_query, single
from concord.api.idempotency import HEADER, Answer, Once, hashed, once
from concord.api.linked import visible_company
from concord.api.serialising import Serialiser
from concord.database.paging import Page, page, page_of_rows
from concord.errors import Forbidden, Invalid, NotFound, Stale
from concord.prepared import RECORD, execute
from concord.records.access import locked
from concord.records.models import Record
from concord.records.permissions import Records
from concord.records.purging import purge
from concord.web.request import actor, session


class Resource:
    """The views of one collection. Records are reached through their policy, always."""

    def __init__(self, collection: AnyCollection) -> None:
        self.collection = collection

    def list(self) -> Response:
        who = actor()
        conditions, given = tree.split(session(), who, self.collection, request.args)
        asked = read_query(self.collection, who, given)
        query = self.collection.policy.visible(who).where(*conditions, *asked.conditions)
        if asked.search is not None and self.collection.search is not None:
            query = self.collection.search(session(), who, query, asked.search)
        writer = self.collection.shown_to(who)
        found = self._page(query, asked, writer)
        items = writer.many(found.items) if writer.columns is None else writer.rows(found.items)
        return answer({"items": items, "next": found.next})

    def one(self, record_id: int) -> Response:
        return self._shown(self._seen(record_id))

    def create(self) -> Response:
        collection, who = self.collection, actor()
        assert collection.create is not None
        request_hash = hashed(request.get_data())
        repeated = once(session(), who, request.headers.get(HEADER), request_hash)
        if repeated.answer is not None:
            return self._answered_before(repeated.answer)
        values = body.read(collection.in_for(who), hidden=collection.hidden(who))
        self._check_company(who, values)
        with _refusing_contradictions():
            made = collection.create(session(), who, values)
            session().flush()
        path = f"{request.path.rstrip('/')}/{made.id}"
        response = self._shown(made, 201, location=path)
        self._keep(repeated, response, made.id)
        return response

    def update(self, record_id: int) -> Response:
        collection, who = self.collection, actor()
        assert collection.update is not None
        request_hash = hashed(request.get_data())
        repeated = once(session(), who, request.headers.get(HEADER), request_hash)
        if repeated.answer is not None:
            return self._answered_before(repeated.answer)
        record = self._writable(record_id, collection.permission_write)
        fixed = collection.fixed - collection.hidden(who)
        values = body.read(
            collection.in_for(who), partial=True, hidden=collection.hidden(who), fixed=fixed
        )
        with _refusing_contradictions():
            collection.update(session(), who, record, values)
            session().flush()
        response = self._shown(record)
        self._keep(repeated, response, record.id)
        return response

    def archive(self, record_id: int) -> Response:
        assert self.collection.archive is not None
        permission = self.collection.permission_archive or self.collection.permission_write
        wanted = single(request.args)
        if wanted == {"purge": "1"} and issubclass(self.collection.model, Record):
            self._purge(record_id)
            return nothing()
        if wanted:
            sentence = _("Records can only be archived here.")
            raise Invalid({name: [sentence] for name in wanted})
        self.collection.archive(session(), actor(), self._writable(record_id, permission))
        return nothing()

    def _purge(self, record_id: int) -> None:
        """For good, archived or not, by whoever has that right."""
        record = self._seen_anywhere(record_id)
        if not actor().may(Records.PURGE):
            raise Forbidden
        wanted = request.headers.get("If-Match")
        if wanted is not None and not _matches(record):
            raise Stale(self.collection.shown_to(actor()).one(record))
        purge(session(), actor(), record)

    def _seen_anywhere(self, record_id: int) -> Any:
        """The record before or behind the door of what is put away."""
        policy: Any = self.collection.policy
        for archived in (False, True):
            query = policy.visible(actor(), archived=archived).where(Record.id == record_id)
            query = query.with_for_update(of=self.collection.model)
            found = session().scalars(query.options(*self.collection.options)).one_or_none()
            if found is not None:
                return found
        raise NotFound

    def _page(self, query: Select[Any], asked: Query, writer: Serialiser) -> Page[Any]:
        if writer.columns is not None:
            query = query.with_only_columns(*writer.columns, maintain_column_froms=True)
            paged = page_of_rows
        else:
            query, paged = query.options(*self.collection.options), page
        return paged(session(), query, order=asked.order, limit=asked.limit, cursor=asked.cursor)

    def _seen(self, record_id: int, *, lock: bool = False) -> Any:
        """The record, if the caller may know of it."""
        found = execute(session(), self._one, actor(), lock, record_id=record_id)
        record = found.scalars().one_or_none()
        if record is None:
            raise NotFound
        return record

    def _one(self, who: Actor, lock: bool) -> Any:
        collection = self.collection
        query = collection.policy.visible(who).where(collection.identifier == RECORD)
        query = query.options(*collection.options)
        return locked(query, collection.model) if lock else query

    def _writable(self, record_id: int, permission: str) -> Any:
        """The record, held until the end of the request, once nothing speaks against a change."""
        record = self._seen(record_id, lock=True)
        if not self.collection.policy.allows(actor(), permission, record):
            raise Forbidden
        wanted = request.headers.get("If-Match")
        if wanted is not None and not _matches(record):
            raise Stale(self.collection.shown_to(actor()).one(record))
        return record

    def _check_company(self, who: Actor, values: Mapping[str, Any]) -> None:
        company_id = values.get("company_id")
        if company_id is not None:
            visible_company(session(), who, company_id)

    def _keep(self, first: Once, response: Response, made_id: int) -> None:
        """The answer as it is now, and which fields it leaves out for this caller."""
        hidden = ",".join(sorted(self.collection.hidden(actor())))
        kept = {"id": str(made_id), "hidden": hidden, **_kept(response)}
        first.keep(response.status_code, self._without_secrets(response.get_data()), kept)

    def _without_secrets(self, content: bytes) -> bytes:
        """The answer as it may be kept."""
        if not self.collection.shown_once:
            return content
        said = orjson.loads(content)
        return encoded(said | dict.fromkeys(self.collection.shown_once))

    def _answered_before(self, first: Answer) -> Response:
        """The first answer again, if the caller may still see the record. Whoever has lost a field
        group meanwhile gets the record as they see it now, and so does everybody once something
        in it may have been erased."""
        headers = dict(first.headers)
        record = self._seen(int(headers.pop("id")))
        hidden = ",".join(sorted(self.collection.hidden(actor())))
        if first.body and headers.pop("hidden", hidden) == hidden:
            response = Response(first.body, first.status, mimetype=JSON)
            response.headers.update(headers)
        else:
            response = self._shown(record, first.status, headers.get("Location"))
        response.headers["Idempotency-Replayed"] = "true"
        return response

    def _shown(self, record: Any, status: int = 200, location: str | None = None) -> Response:
        tag = record.version if self.collection.versioned else None
        content = self.collection.shown_to(actor()).one(record)
        return answer(content, status, tag=tag, location=location)


def _matches(record: Any) -> bool:
    """Whether If-Match names the version at hand; a proxy may have weakened the tag."""
    tag = str(getattr(record, "version", ""))
    return request.if_match.contains(tag) or request.if_match.contains_weak(tag)


def _kept(response: Response) -> dict[str, str]:
    return {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}


KEPT_HEADERS = ("Location", "ETag", "Cache-Control", "Vary")


@contextmanager
def _refusing_contradictions() -> Iterator[None]:
    """What the database's own rules refuse is the caller's mistake, not ours."""
    try:
        yield
    except IntegrityError:
        sentence = _("A value is taken, or names something that does not exist.")
        raise Invalid({}, sentence) from None
    except StatementError as error:
        if not isinstance(error.orig, OverflowError):
            raise
        raise Invalid({}, _("A value is out of range.")) from None
