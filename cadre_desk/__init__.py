"""Cadre Desk (县老干部局工作台账): the offline ledger of a county retired-cadres bureau."""

__version__ = "0.1.0"
