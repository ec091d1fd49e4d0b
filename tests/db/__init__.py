"""Tests of the ledger file."""

from __future__ import annotations
