"""Speeds the desk promises, each against a baseline in the same run."""
