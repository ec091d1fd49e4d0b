"""Cadre Desk (县老干部局工作台账): the offline ledger of a county retired-cadres bureau."""

from __future__ import annotations

__version__ = "0.1.0"
