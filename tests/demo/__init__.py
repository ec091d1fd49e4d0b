"""The invented county: its figures, its consistency, its believability."""
