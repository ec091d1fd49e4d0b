"""What is true without a database or a window: fields, dates, numbers, names, rules."""
