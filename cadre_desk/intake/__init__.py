"""Reading what others wrote: workbooks, heading mapping, the plan of changes."""
