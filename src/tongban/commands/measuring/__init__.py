"""What `manage.py measure` measures inside a node: each room's work by itself, on the node's own database."""
