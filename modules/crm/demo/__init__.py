"""The demo world's customers and suppliers, and what was said to whom."""
