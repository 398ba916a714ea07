"""Facts: what happened, recorded once and projected many times."""
