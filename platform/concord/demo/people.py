"""The people of Beacon Instruments: the same in the demo, the tests and the pictures."""

from dataclasses import dataclass

ORGANISATION = ("Beacon Instruments", "明灯仪器")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works at Beacon. `key` is what the story and the tests call them."""

    key: str
    en: str
    zh: str
    role: str
    team: str
    title_en: str
    title_zh: str

    @property
    def email(self) -> str:
        return f"{self.key}@beacon.example"

    def name(self, language: str) -> str:
        return self.zh if language == "zh" else self.en

    def title(self, language: str) -> str:
        return self.title_zh if language == "zh" else self.title_en


TEAMS = {
    "sales": ("Sales", "销售部"),
    "service": ("Service", "服务部"),
    "operations": ("Operations", "运营部"),
    "finance": ("Finance", "财务部"),
}

COLLEAGUES = (
    Colleague("lin", "Lin Chen", "林晨", "sales", "sales", "Account manager", "客户经理"),
    Colleague(
        "anna", "Anna Schmidt", "安娜·施密特", "sales", "sales", "Account manager", "客户经理"
    ),
    Colleague("maya", "Maya Kaur", "玛雅·考尔", "manager", "sales", "Head of sales", "销售总监"),
    Colleague("jun", "Jun Wang", "王俊", "service", "service", "Service engineer", "服务工程师"),
    Colleague("zhao", "Zhao Yu", "赵宇", "purchasing", "operations", "Buyer", "采购经理"),
    Colleague(
        "sun", "Sun Qi", "孙琪", "production", "operations", "Production planner", "生产计划员"
    ),
    Colleague(
        "emily", "Emily Carter", "艾米莉·卡特", "finance", "finance", "Controller", "财务主管"
    ),
    Colleague(
        "na", "Li Na", "李娜", "administrator", "finance", "IT and quality", "信息与质量主管"
    ),
)

IN_TESTS = (
    Colleague("rita", "Rita Moreno", "丽塔·莫雷诺", "read_only", "finance", "Auditor", "审计员"),
    Colleague("tom", "Tom Becker", "汤姆·贝克尔", "sales", "service", "Service sales", "服务销售"),
)
"""Two more for the brief story: one who may only read, and one who sells in another team."""
