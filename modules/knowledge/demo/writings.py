"""Which articles there are, who wrote them for whom, and when."""

from dataclasses import dataclass
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"

Pair = tuple[str, str]
"""The same in English and in Chinese."""

SERVICE: Pair = ("Service", "服务")
SALES: Pair = ("Sales", "销售")
PURCHASING: Pair = ("Purchasing", "采购")
PORTAL_HELP: Pair = ("Portal help", "门户帮助")


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """An article. Begun and published working days ago; without the latter it is a draft.

    `slug` names its texts; with `_` for `-` it is its key in the story's records.
    """

    slug: str
    space: Pair
    author: str
    begun: tuple[int, str]
    readers: str = "internal"
    publisher: str = "maya"
    published: tuple[int, str] | None = None
    review: int = 120
    in_brief: bool = False

    @property
    def key(self) -> str:
        return self.slug.replace("-", "_")

    def text(self, language: str) -> tuple[str, str]:
        """Its title and its body: the text begins with the title as a heading."""
        whole = (TEXTS / f"{self.slug}.{language}.md").read_text(encoding="utf-8")
        title, _line, body = whole.partition("\n")
        return title.removeprefix("# ").strip(), body.strip()


WRITINGS = (
    Writing(
        slug="first-day-in-the-portal", space=PORTAL_HELP, author="na", readers="customers",
        begun=(63, "10:20"), publisher="na", published=(62, "16:10"),
    ),
    Writing(
        slug="invite-your-colleagues", space=PORTAL_HELP, author="na", readers="customers",
        begun=(62, "11:05"), publisher="na", published=(61, "9:40"),
    ),
    Writing(
        slug="answer-dates", space=PORTAL_HELP, author="zhao", readers="suppliers",
        begun=(61, "14:30"), publisher="na", published=(60, "9:15"), in_brief=True,
    ),
    Writing(
        slug="promise-dates", space=SALES, author="maya", begun=(58, "18:05"),
        published=(57, "9:10"), in_brief=True,
    ),
    Writing(
        slug="zero-after-transport", space=SERVICE, author="jun", readers="customers",
        begun=(24, "15:20"), publisher="jun", published=(21, "14:25"), in_brief=True,
    ),
    Writing(
        slug="yearly-care", space=SERVICE, author="jun", readers="customers",
        begun=(46, "16:30"), publisher="jun", published=(44, "9:05"),
    ),
    Writing(
        slug="discounts", space=SALES, author="maya", begun=(44, "18:10"),
        published=(43, "10:30"),
    ),
    Writing(
        slug="wiring-ft-60", space=SERVICE, author="jun", readers="customers",
        begun=(39, "14:50"), publisher="jun", published=(37, "11:00"),
    ),
    Writing(
        slug="new-supplier", space=PURCHASING, author="zhao", begun=(35, "10:45"),
        published=(32, "9:30"),
    ),
    Writing(
        slug="read-a-certificate", space=SERVICE, author="na", readers="customers",
        begun=(29, "13:40"), publisher="na", published=(28, "15:15"),
    ),
    Writing(
        slug="silent-customer", space=SALES, author="lin", begun=(24, "17:30"),
        published=(21, "9:20"),
    ),
    Writing(
        slug="site-preparation", space=SERVICE, author="jun", readers="customers",
        begun=(18, "10:15"), publisher="jun", published=(17, "16:50"),
    ),
    Writing(
        slug="accept-a-return", space=SERVICE, author="jun", begun=(14, "16:05"),
        publisher="jun", published=(13, "17:30"),
    ),
    Writing(
        slug="pack-sensors", space=PURCHASING, author="sun", readers="suppliers",
        begun=(7, "17:10"), published=(6, "9:35"),
    ),
    Writing(slug="loan-units", space=SERVICE, author="jun", begun=(5, "13:50")),
    Writing(
        slug="reads-too-high", space=SERVICE, author="jun", readers="customers",
        begun=(2, "17:25"), in_brief=True,
    ),
)  # fmt: skip
