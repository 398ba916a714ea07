"""A real IMAP server for tests: Dovecot, with one mailbox in a temporary folder."""

import atexit
import getpass
import grp
import imaplib
import os
import pwd
import shutil
import signal
import tempfile
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote

from tests.servers.processes import (
    Command,
    Runner,
    ServerMissing,
    end,
    listens,
    start_on_free_port,
)

PLACES = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin")
USER, PASSWORD = "answers", "p@ss:word"
CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = {uid}
first_valid_gid = {gid}
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


class DovecotServer:
    """The mailbox of `url`; `deliver` puts a mail into it, as a mail server would."""

    def __init__(self) -> None:
        self._program = find_program()
        self._folder = Path(tempfile.mkdtemp(prefix="concord-dovecot-"))
        self._runner = Runner.unprivileged(self._folder)
        try:
            self.port, self._process = start_on_free_port(self._runner, self._command, listens)
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        atexit.register(self.close)
        self.url = f"imap://{USER}:{quote(PASSWORD, safe='')}@127.0.0.1:{self.port}/INBOX"
        said = self._runner.run([self._program, "--version"]).stdout.split()
        self.version = said[0] if said else ""

    def deliver(self, message: EmailMessage) -> None:
        with imaplib.IMAP4("127.0.0.1", self.port) as box:
            box.login(USER, PASSWORD)
            box.append("INBOX", "", "", message.as_bytes())

    def unseen(self) -> int:
        with imaplib.IMAP4("127.0.0.1", self.port) as box:
            box.login(USER, PASSWORD)
            box.select("INBOX")
            return len(box.search(None, "UNSEEN")[1][0].split())

    def close(self) -> None:
        atexit.unregister(self.close)
        end(self._process, signal.SIGTERM)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _command(self, port: int) -> Command:
        account = pwd.getpwnam(self._runner.user or getpass.getuser())
        text = CONFIGURATION.format(
            folder=self._folder,
            user=account.pw_name,
            group=grp.getgrgid(account.pw_gid).gr_name,
            uid=account.pw_uid,
            gid=account.pw_gid,
            password=PASSWORD,
            port=port,
        )
        path = self._folder / "dovecot.conf"
        path.write_text(text)
        self._runner.own(path)
        return [self._program, "-F", "-c", path]


def find_program() -> Path:
    found = shutil.which("dovecot", path=os.pathsep.join((os.environ.get("PATH", ""), *PLACES)))
    if found is None:
        raise ServerMissing("no dovecot on the path")
    return Path(found)
