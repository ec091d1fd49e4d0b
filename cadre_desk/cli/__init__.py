"""The command line: what scripts and checks use, by the same code as the windows (design section 5)."""
