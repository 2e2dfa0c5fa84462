"""Help for the screen that is open."""
