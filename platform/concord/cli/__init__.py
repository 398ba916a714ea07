"""The `concord` command."""
