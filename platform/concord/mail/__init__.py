"""Mail that goes out: written with the transaction that causes it, sent by a worker."""

from concord.mail.queueing import queue

__all__ = ["queue"]
