"""The project's own tools: set-up, front-end build, translations, checks."""
