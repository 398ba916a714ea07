"""A bucket that speaks S3, from moto, in this process on a free port."""

import logging
import socket

import boto3
from moto.server import ThreadedMotoServer

NAME = "concord-test"


class BucketServer:
    """Whoever asks is let in: permission is what our own program checks."""

    def __init__(self) -> None:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._server = ThreadedMotoServer("127.0.0.1", self.port, verbose=False)
        self._server.start()
        self.client = boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id="key",
            aws_secret_access_key="secret",
        )
        self.client.create_bucket(Bucket=NAME)

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"s3://key:secret@{NAME}/house?endpoint={self.endpoint}"

    def contents(self) -> list[str]:
        found = self.client.list_objects_v2(Bucket=NAME).get("Contents", ())
        return [item["Key"] for item in found]

    def stop(self) -> None:
        self._server.stop()
