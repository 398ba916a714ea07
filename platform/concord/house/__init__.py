"""The organisation that runs this installation: its name, its logo, when it works."""
