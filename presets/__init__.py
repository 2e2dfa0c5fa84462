"""Recipes, small data sets and the pocket model that ship with tunesmith."""
