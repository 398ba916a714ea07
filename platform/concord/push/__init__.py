"""Web push: browsers that ring though no page of ours is open."""
