"""Showing and doing: the JSON API for programs, and the public register as pages. Only here HTTP is known."""
