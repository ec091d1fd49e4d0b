"""Every number with a name: figures and the yearbook's tables."""
