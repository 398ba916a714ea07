"""The CRM's part of the demo story."""

from concord.demo.posts import plan_chapters
from concord.demo.story import Story
from modules.crm.demo.asking import plan_date_requests
from modules.crm.demo.directory import tell_directory
from modules.crm.demo.gathered import plan_gatherings
from modules.crm.demo.said_gold import GOLD
from modules.crm.demo.said_huadong import HUADONG
from modules.crm.demo.said_more_gold import MORE_GOLD
from modules.crm.demo.said_more_silver import MORE_SILVER
from modules.crm.demo.said_others import OTHERS
from modules.crm.demo.said_silver import SILVER
from modules.crm.demo.said_suppliers import SUPPLIERS


def seed(story: Story) -> None:
    """Who there is at once; what was said and asked when the story comes to it."""
    tell_directory(story)
    plan_chapters(story, (*HUADONG, *GOLD, *MORE_GOLD, *SILVER, *MORE_SILVER, *OTHERS, *SUPPLIERS))
    plan_date_requests(story)
    plan_gatherings(story)
