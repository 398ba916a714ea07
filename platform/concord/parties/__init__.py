"""Companies as the platform knows them: a name, and which side of trade they stand on."""
