"""The verbs: one file each (or one family), with an `ENTRY` or `ENTRIES`."""
