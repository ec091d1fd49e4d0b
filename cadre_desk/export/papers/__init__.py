"""The bureau's own papers: each a declaration over the sheet and form engines."""
