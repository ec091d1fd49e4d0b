"""Tests of the paper: what is written is read back by another program."""
