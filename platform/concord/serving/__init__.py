"""The processes of an installation: everything in one, or one role each."""
