"""What a clerk does: one function per verb."""
