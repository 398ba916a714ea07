"""Backups: the database and the files in one folder, with a manifest that is written last."""
