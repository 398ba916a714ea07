"""The web side of the platform: routes, pages, errors, safety headers."""
