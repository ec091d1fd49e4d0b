"""The ledger file: its tables, journal, encryption, migrations, search and backups."""
