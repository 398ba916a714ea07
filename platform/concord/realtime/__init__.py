"""The doorbell: sockets carry positions, pages and clients fetch the rest as themselves."""
