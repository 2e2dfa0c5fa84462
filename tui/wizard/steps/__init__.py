"""The wizard's steps: one file each, with an `ENTRY`."""
