"""The composition root: which modules this installation runs.

`concord` finds MODULES here; a server of your own runs `wsgi:app()`.
"""

from flask import Flask

from concord.app import create_app
from concord.module import Module
from concord.settings import from_environment
from modules.crm.module import MODULE as CRM
from modules.knowledge.module import MODULE as KNOWLEDGE
from modules.tasks.module import MODULE as TASKS

MODULES: tuple[Module, ...] = (CRM, TASKS, KNOWLEDGE)


def app() -> Flask:
    """The program for this environment; raises SettingsError with one sentence."""
    return create_app(from_environment(), MODULES)
