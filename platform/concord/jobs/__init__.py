"""Durable work: enqueued in the transaction that causes it, run by a worker, surviving crashes."""
