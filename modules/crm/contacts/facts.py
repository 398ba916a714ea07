"""What happens to a contact. Sentences name fields without values: they are a person's own."""

from dataclasses import dataclass

from concord.facts.types import AnyFactType, Fact, FactType, Sentence
from concord.facts.wording import Wording


@dataclass(frozen=True, kw_only=True)
class ContactFact(Fact):
    """`title` is the person's name, as of then."""

    title: str = ""


@dataclass(frozen=True, kw_only=True)
class ContactAdded(ContactFact):
    pass


@dataclass(frozen=True, kw_only=True)
class ContactChanged(ContactFact):
    """`fields` are the changed fields; `said_en` and `said_zh` name them."""

    fields: tuple[str, ...] = ()
    said_en: str = ""
    said_zh: str = ""


@dataclass(frozen=True, kw_only=True)
class ContactArchived(ContactFact):
    pass


@dataclass(frozen=True, kw_only=True)
class ContactRestored(ContactFact):
    pass


NAME = frozenset({"title"})

CONTACT_ADDED = FactType(
    name="contact.added",
    fact=ContactAdded,
    icon="user-plus",
    sentence=Sentence(en="added the contact {title}", zh="新增了联系人{title}"),
    personal=NAME,
)
CONTACT_CHANGED = FactType(
    name="contact.changed",
    fact=ContactChanged,
    icon="id-card",
    sentence=Sentence(en="changed {said_en} of {title}", zh="修改了{title}的{said_zh}"),
    personal=NAME,
)
CONTACT_ARCHIVED = FactType(
    name="contact.archived",
    fact=ContactArchived,
    icon="user-minus",
    sentence=Sentence(en="archived the contact {title}", zh="归档了联系人{title}"),
    personal=NAME,
)
CONTACT_RESTORED = FactType(
    name="contact.restored",
    fact=ContactRestored,
    icon="archive-restore",
    sentence=Sentence(en="restored the contact {title}", zh="恢复了联系人{title}"),
    personal=NAME,
)

CONTACT_FACTS: tuple[AnyFactType, ...] = (
    CONTACT_ADDED,
    CONTACT_CHANGED,
    CONTACT_ARCHIVED,
    CONTACT_RESTORED,
)

WORDS = {
    "title": Wording("name", "姓名", quoted=False),
    "job_title": Wording("job title", "职务", quoted=False),
    "role": Wording("role", "角色", quoted=False),
    "importance": Wording("importance", "重要程度", quoted=False),
    "phone": Wording("phone", "电话", quoted=False),
    "email": Wording("e-mail", "邮箱", quoted=False),
    "birthday": Wording("birthday", "生日", quoted=False),
    "custom": Wording("custom fields", "自定义字段", quoted=False),
}
