"""Requests of several sentences: slots, a recipe, decision rules, and one plan for all of them."""

from __future__ import annotations
