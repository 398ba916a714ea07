"""People, teams and roles; how they sign in and what they may do."""
