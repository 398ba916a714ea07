"""The portal: what customers and suppliers see of us, page by page, from safe values only."""
