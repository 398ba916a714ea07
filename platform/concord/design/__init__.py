"""Every component in every state, on one page for whoever designs or builds with them."""
