"""What most nouns have in common: fields, pages, an API, made from one declaration."""
