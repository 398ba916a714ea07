"""Tags: words that staff put on records of any kind, to find and gather them by."""
