"""Requests to addresses that people typed in leave through the guarded client, and nothing else."""

from tests.contracts.test_imports import MODULES, PLATFORM, imported, named

CONNECTING = frozenset(
    {"aiohttp", "boto3", "ftplib", "http.client", "httpx", "imap_tools", "imaplib", "requests",
     "smtplib", "socket", "telnetlib", "urllib.request", "urllib3"}
)  # fmt: skip
# Those that connect by themselves, to what the operator has set and nobody else can.
BY_SETTING = {
    "platform/concord/files/bucket.py": "the bucket of CONCORD_FILES_URL",
    "platform/concord/files/scanning.py": "the scanner of CONCORD_SCAN_URL",
    "platform/concord/mail/inbox.py": "the mailbox of CONCORD_INBOX_URL",
    "platform/concord/mail/sending.py": "the mail server of CONCORD_MAIL_URL",
    "platform/concord/mail/transport.py": "the mail server of CONCORD_MAIL_URL",
    "platform/concord/jobs/executors.py": "no connection: the name of this machine",
    "platform/concord/realtime/pace.py": "no connection: it ends those that came in",
    "platform/concord/serving/ports.py": "no connection: whether a port is free",
}


def test_only_the_guarded_client_connects() -> None:
    found = {
        named(path)
        for path in (*PLATFORM, *MODULES)
        if any(module in CONNECTING for module, _name in imported(path))
    }
    elsewhere = {path for path in found if not path.startswith("platform/concord/outgoing/")}
    assert elsewhere - BY_SETTING.keys() == set(), "use concord.outgoing.client"


def test_the_exceptions_are_still_needed() -> None:
    for path in PLATFORM:
        if named(path) in BY_SETTING:
            assert any(module in CONNECTING for module, _name in imported(path)), named(path)
