"""The article: Markdown, written inside, read by whoever it is published for."""
