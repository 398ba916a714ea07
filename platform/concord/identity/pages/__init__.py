"""The pages of accounts: the door, the own profile, and the people behind the settings."""
