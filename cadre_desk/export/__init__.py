"""Paper and sheets: PDF, Excel, CSV, and the bureau's own papers."""
