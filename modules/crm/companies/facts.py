"""What happens to a company."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from concord.facts.types import AnyFactType, Fact, FactType, Sentence, Told, owner
from concord.facts.wording import Wording


@dataclass(frozen=True, kw_only=True)
class CompanyFact(Fact):
    """`title` is the company's name, as of then."""

    title: str = ""


@dataclass(frozen=True, kw_only=True)
class CompanyCreated(CompanyFact):
    pass


@dataclass(frozen=True, kw_only=True)
class CompanyChanged(CompanyFact):
    """`fields` are the changed fields; `said_en` and `said_zh` name them with their values."""

    fields: tuple[str, ...] = ()
    said_en: str = ""
    said_zh: str = ""


@dataclass(frozen=True, kw_only=True)
class CompanyCreditChanged(CompanyChanged):
    """Stands only on links of the field group credit."""


@dataclass(frozen=True, kw_only=True)
class CompanyArchived(CompanyFact):
    pass


@dataclass(frozen=True, kw_only=True)
class CompanyRestored(CompanyFact):
    pass


@dataclass(frozen=True, kw_only=True)
class CompanyAssigned(CompanyFact):
    """`owner_name` is who has it now, `owner_id` the user."""

    owner_id: int = 0
    owner_name: str = ""


def new_owner(told: Told) -> Iterable[int]:
    return (int(told.payload["owner_id"]),)


COMPANY_CREATED = FactType(
    name="company.created",
    fact=CompanyCreated,
    icon="building-2",
    sentence=Sentence(en="added {title}", zh="新建了{title}"),
)
COMPANY_CHANGED = FactType(
    name="company.changed",
    fact=CompanyChanged,
    icon="pencil",
    sentence=Sentence(en="changed {said_en}", zh="修改了{said_zh}"),
    personal=frozenset({"said_en", "said_zh"}),
)
COMPANY_CREDIT_CHANGED = FactType(
    name="company.credit_changed",
    fact=CompanyCreditChanged,
    icon="wallet",
    sentence=Sentence(en="changed {said_en}", zh="修改了{said_zh}"),
)
COMPANY_ARCHIVED = FactType(
    name="company.archived",
    fact=CompanyArchived,
    icon="archive",
    sentence=Sentence(en="archived {title}", zh="归档了{title}"),
    tells=owner,
    topic="customers",
    label=_l("A company is archived"),
)
COMPANY_RESTORED = FactType(
    name="company.restored",
    fact=CompanyRestored,
    icon="archive-restore",
    sentence=Sentence(en="restored {title}", zh="恢复了{title}"),
    tells=owner,
    topic="customers",
    label=_l("A company is restored"),
)
COMPANY_ASSIGNED = FactType(
    name="company.assigned",
    fact=CompanyAssigned,
    icon="user-check",
    sentence=Sentence(en="gave {title} to {owner_name}", zh="将{title}交给{owner_name}负责"),
    tells=new_owner,
    topic="customers",
    label=_l("A company is given to me"),
    asks=True,
    personal=frozenset({"owner_name"}),
)

COMPANY_FACTS: tuple[AnyFactType, ...] = (
    COMPANY_CREATED,
    COMPANY_CHANGED,
    COMPANY_CREDIT_CHANGED,
    COMPANY_ARCHIVED,
    COMPANY_RESTORED,
    COMPANY_ASSIGNED,
)

YES_NO = {True: ("yes", "是"), False: ("no", "否")}
TIER_WORDS = {
    "gold": ("Gold", "金牌"),
    "silver": ("Silver", "银牌"),
    "bronze": ("Bronze", "铜牌"),
    "none": ("None", "无"),
}
STATE_WORDS = {
    "prospect": ("Prospect", "潜在"),
    "active": ("Active", "合作中"),
    "dormant": ("Dormant", "沉默"),
    "former": ("Former", "已终止"),
}
WORDS = {
    "title": Wording("name", "名称"),
    "is_customer": Wording("standing as a customer", "客户身份", choices=YES_NO),
    "is_supplier": Wording("standing as a supplier", "供应商身份", choices=YES_NO),
    "tier": Wording("tier", "等级", choices=TIER_WORDS),
    "state": Wording("state", "状态", choices=STATE_WORDS),
    "phone": Wording("phone", "电话"),
    "email": Wording("e-mail", "邮箱"),
    "website": Wording("website", "网址"),
    "industry": Wording("industry", "行业"),
    "source": Wording("source", "来源"),
    "city": Wording("city", "城市"),
    "employees": Wording("number of employees", "员工人数"),
    "customer_since": Wording("start of the relationship", "合作起始日"),
    "custom": Wording("custom fields", "自定义字段", quoted=False),
    "notes": Wording("notes", "备注", quoted=False),
}
CREDIT_WORDS = {
    "credit_limit": Wording("credit limit", "信用额度"),
    "payment_terms_days": Wording("payment terms in days", "账期天数"),
}
