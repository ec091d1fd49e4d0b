"""What ``start.py`` does, step by step: standard library only, for it runs before anything is installed."""
