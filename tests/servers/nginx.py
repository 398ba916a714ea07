"""A real nginx for tests, set up by the sample that operators are given."""

import atexit
import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509

from tests.servers.certificates import signed_by_itself
from tests.servers.processes import Runner, ServerMissing, end, free_port, listens, wait_for

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "deploy" / "nginx" / "concord.conf"
PLACES = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin")
HOST = "127.0.0.1"
MAIN = """
{user}
daemon off;
worker_processes 1;
error_log {folder}/error.log warn;
pid {folder}/nginx.pid;
events {{ worker_connections 4096; }}
http {{
    types {{ text/html html; text/css css; text/javascript js; image/svg+xml svg; }}
    default_type application/octet-stream;
    access_log {folder}/access.log;
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/answers;
    fastcgi_temp_path {folder}/unused;
    uwsgi_temp_path {folder}/unused;
    scgi_temp_path {folder}/unused;
    include {folder}/concord.conf;
}}
"""


class NginxServer:
    """The sample in front of these ports, with a certificate of its own for 127.0.0.1."""

    def __init__(self, folder: Path, web: Sequence[int], realtime: Sequence[int]) -> None:
        self._program = find_program()
        self.folder = folder
        folder.mkdir(parents=True)
        self.port, self.plain_port = free_port(), free_port()
        self.certificate = folder / "fullchain.pem"
        private, signed = signed_by_itself(HOST, x509.IPAddress(ip_address(HOST)))
        (folder / "privkey.pem").write_bytes(private)
        self.certificate.write_bytes(signed)
        (folder / "concord.conf").write_text(self._sample(web, realtime))
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user))
        self._runner = Runner(folder)
        self._process = self._start()

    @property
    def url(self) -> str:
        return f"https://{HOST}:{self.port}"

    def stop(self) -> None:
        atexit.unregister(self.stop)
        end(self._process, signal.SIGTERM)

    def _start(self) -> "subprocess.Popen[bytes]":
        process = self._runner.start(
            [self._program, "-c", self.folder / "nginx.conf", "-p", self.folder]
        )
        atexit.register(self.stop)
        if not wait_for(process, lambda: listens(self.port)):
            raise ServerMissing(f"nginx did not start: {self._runner.log.read_text()[-500:]}")
        return process

    def _sample(self, web: Sequence[int], realtime: Sequence[int]) -> str:
        """The sample, in which only what belongs to the place is another."""
        text = SAMPLE.read_text()
        for old, new in (
            ("listen 80;", f"listen {HOST}:{self.plain_port};"),
            ("    listen [::]:80;\n", ""),
            ("listen 443 ssl", f"listen {HOST}:{self.port} ssl"),
            ("    listen [::]:443 ssl http2;\n", ""),
            ("server_name crm.example.com;", f"server_name {HOST};"),
            ("/etc/ssl/concord/fullchain.pem", str(self.certificate)),
            ("/etc/ssl/concord/privkey.pem", str(self.folder / "privkey.pem")),
            ("/srv/concord/static/build/", f"{ROOT}/static/build/"),
            *(
                (f"server 127.0.0.1:{first + number} ", f"server 127.0.0.1:{port} ")
                for first, ports in ((8001, web), (8101, realtime))
                for number, port in enumerate(ports)
            ),
        ):
            assert old in text, f"the sample no longer says {old!r}"
            text = text.replace(old, new)
        return text


def find_program() -> Path:
    found = shutil.which("nginx", path=os.pathsep.join((os.environ.get("PATH", ""), *PLACES)))
    if found is None:
        raise ServerMissing("no nginx on the path")
    return Path(found)
