"""An invented county, believable to the last detail."""
