"""Which fields are seen where: declarations only."""
