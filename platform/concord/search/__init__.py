"""Search: one tokeniser, one table of documents, each engine's own index of them."""
