"""Periods: which unit of time a group of dates has where the words leave it open."""

from __future__ import annotations

import datetime as dt
import re

from nexus_jupyter.language.draft import TIMELINE
from nexus_jupyter.language.reader import Reader
from nexus_jupyter.language.vocabulary import Ref

FEW_DAYS = 7
"""Over more days "by hour" speaks of the hours of the day."""


def period_of(reader: Reader, ref: Ref, unit: str) -> str:
    """Choose the period of "over time"."""
    if unit == "month" and years(reader, ref) == 1:
        return "month_name"
    if unit == "hour" and days(reader, ref) > FEW_DAYS:
        return "hour_of_day"
    if unit != "auto":
        return unit.removeprefix(TIMELINE)
    profile = reader.profile(ref)
    return "day" if profile.distinct <= 60 else "month"


def years(reader: Reader, ref: Ref) -> int:
    """Count the years that a date column spans, as far as the profile shows; 0 where it does not."""
    profile = reader.profile(ref)
    if profile.minimum is not None and profile.maximum is not None and hasattr(profile.minimum, "year"):
        return int(profile.maximum.year - profile.minimum.year + 1)
    found = {m.group() for v in profile.values for m in re.finditer(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", str(v))}
    return len(found)


def days(reader: Reader, ref: Ref) -> int:
    """Count the days that a date column spans, as far as the profile shows; 0 where it does not."""
    profile = reader.profile(ref)
    if isinstance(profile.minimum, dt.date) and isinstance(profile.maximum, dt.date):
        return (profile.maximum - profile.minimum).days + 1
    form = profile.date_format
    if form is None or "%d" not in form:
        return 0
    at = form.index("%H") if "%H" in form else len(form)
    return len({str(v)[: max(at, 8)] for v in profile.values[:2000]})
