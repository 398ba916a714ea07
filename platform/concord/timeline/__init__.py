"""The timeline: facts as people read them, three streams for every record."""
