"""A bounded look at one column: counts, values, extremes. Everything runs in Arrow, never cell by cell."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from nexus_jupyter.context.dataset import Profile
from nexus_jupyter.context.naming import is_identifier, words_of
from nexus_jupyter.context.roles import MAX_NUMBERS
from nexus_jupyter.context.schema import Kind
from nexus_jupyter.context.wording import date_format, number_format, unparsed

__all__ = ["kind_of_arrow", "profile_arrow", "profile_objects"]

MAX_TEXTS = 5000
LONG_TEXT = 200
_DATE_WORDS = frozenset(("date day time datetime timestamp month year when yr dob birthday published released created updated").split())


def kind_of_arrow(kind: Any) -> Kind:
    """Give the kind of an Arrow type; a dictionary has the kind of its values."""
    import pyarrow as pa
    import pyarrow.types as t

    if t.is_dictionary(kind):
        return kind_of_arrow(kind.value_type)
    if t.is_boolean(kind):
        return Kind.BOOLEAN
    if t.is_integer(kind):
        return Kind.INTEGER
    if t.is_floating(kind) or t.is_decimal(kind):
        return Kind.FLOAT
    if t.is_string(kind) or t.is_large_string(kind) or t.is_string_view(kind) or t.is_null(kind):
        return Kind.STRING
    if t.is_timestamp(kind):
        return Kind.DATETIME
    if t.is_date(kind):
        return Kind.DATE
    if t.is_time(kind):
        return Kind.TIME
    if t.is_duration(kind):
        return Kind.DURATION
    parted = t.is_nested(kind) or isinstance(kind, pa.BaseExtensionType)  # periods and intervals have parts, too
    return Kind.NESTED if parted else Kind.OTHER


def profile_arrow(
    name: str, array: Any, *, exact: bool, whole: Callable[[], Any] | None = None, table: str = ""
) -> tuple[Kind, Profile, str | None]:
    """Profile one Arrow column.

    Parameters
    ----------
    name
        The column's name, for what its values may be.
    array
        The cells that are looked at: all, or a sample.
    exact
        True where `array` holds all cells.
    whole
        Gives all cells where a sample is looked at and all are at hand cheaply: extremes, missing cells and small sets of values
        are then exact.
    table
        The dataset's name.

    Returns
    -------
    tuple
        The kind, the profile and a sentence about something odd, or None.
    """
    import pyarrow as pa

    kind = kind_of_arrow(array.type)
    if kind in {Kind.NESTED, Kind.OTHER}:
        note = (
            f"Column `{name}` holds nested values ({array.type})." if kind is Kind.NESTED else f"Column `{name}` has the type {array.type}."
        )
        return kind, Profile(nulls=array.null_count, exact=exact), note
    if pa.types.is_dictionary(array.type):
        array = array.cast(array.type.value_type)
        full = whole
        whole = None if full is None else lambda: _decoded(full())
    if pa.types.is_decimal(array.type) or pa.types.is_float16(array.type):
        array = array.cast(pa.float64())
        whole = None
    if pa.types.is_string_view(array.type):
        array = array.cast(pa.large_string())
        whole = None
    if kind is Kind.STRING:
        profile = _texts(name, array, exact=exact, whole=whole, table=table)
        return kind, profile, _doubts(name, profile)
    if kind.numeric:
        return _numbers(name, kind, array, exact=exact, whole=whole)
    return kind, _others(array, exact=exact, whole=whole), None


def _doubts(name: str, profile: Profile) -> str | None:
    """Say which values of a column of dates are no dates."""
    if profile.date_format is None:
        return None
    if profile.date_format == "mixed":
        return f"Column `{name}` holds dates that are written in several ways."
    odd = unparsed(profile.values, profile.date_format)
    if not odd:
        return None
    shown = ", ".join(repr(v) for v in odd[:3])
    return f"Column `{name}` holds dates ({profile.date_format}), and text that is none: {shown}{' and others' if len(odd) > 3 else ''}."


def _decoded(array: Any) -> Any:
    return array.cast(array.type.value_type)


def _counted(array: Any, most: int) -> tuple[int, int, tuple[Any, ...]]:
    """Give the number of distinct values, the greatest count and the values, most frequent first."""
    import numpy as np
    import pyarrow.compute as pc

    counts = pc.value_counts(array.drop_null())
    if not len(counts):
        return 0, 0, ()
    values, numbers = counts.field("values"), counts.field("counts").to_numpy(zero_copy_only=False)
    order = np.argsort(-numbers, kind="stable")[:most]
    return len(counts), int(numbers.max()), tuple(values.take(order).to_pylist())


def _texts(name: str, array: Any, *, exact: bool, whole: Callable[[], Any] | None, table: str) -> Profile:
    import pyarrow as pa

    if pa.types.is_null(array.type):
        return Profile(nulls=len(array), complete=exact, exact=exact)
    distinct, most, values = _counted(array, MAX_TEXTS)
    nulls = array.null_count
    if not exact and whole is not None and distinct <= MAX_TEXTS:
        full = whole()
        distinct, most, values = _counted(full, MAX_TEXTS)
        nulls, exact = full.null_count, True
    number = number_format(values)
    bare = bool(_DATE_WORDS.intersection(words_of(name)))
    date = None if number is not None and not bare else date_format(values, bare_years=bare)
    if date is not None and is_identifier(name, table=table) and not bare:
        date = None
    if len(values) == MAX_TEXTS and sum(map(len, values[:MAX_NUMBERS])) > LONG_TEXT * MAX_NUMBERS:
        values = values[:MAX_NUMBERS]
    return Profile(
        nulls=nulls,
        distinct=distinct,
        values=values,
        complete=exact and distinct <= len(values),
        unique=distinct > 0 and most == 1,
        exact=exact,
        date_format=date,
        number_format=None if date else number,
    )


def _numbers(name: str, kind: Kind, array: Any, *, exact: bool, whole: Callable[[], Any] | None) -> tuple[Kind, Profile, str | None]:
    import pyarrow.compute as pc

    note = None
    full = array if exact or whole is None else whole()
    low, high = (v.as_py() for v in pc.min_max(full).values())
    if kind is Kind.FLOAT:
        if low is not None and (math.isinf(low) or math.isinf(high)):
            count = pc.sum(pc.is_inf(full)).as_py()
            note = f"Column `{name}` holds {count:,} infinite value{'s' if count > 1 else ''}{'' if full is not array or exact else ' in the sample'}."
            low, high = (v.as_py() for v in pc.min_max(full.filter(pc.is_finite(full))).values())
        array = pc.if_else(pc.is_nan(array), None, array) if _any_nan(array) else array
    nulls = full.null_count if full is not array else array.null_count
    distinct, most, values = _counted(array, MAX_NUMBERS + 1)
    if kind is Kind.INTEGER and full is not array and distinct <= MAX_NUMBERS:
        distinct, most, values = _counted(full, MAX_NUMBERS + 1)
        exact = True
    listed = distinct <= MAX_NUMBERS and (kind is Kind.INTEGER or all(float(v).is_integer() for v in values if math.isfinite(v)))
    profile = Profile(
        nulls=nulls,
        distinct=distinct,
        values=values if listed else (),
        complete=exact and listed,
        minimum=low,
        maximum=high,
        unique=distinct > 0 and most == 1,
        exact=exact,
    )
    return kind, profile, note


def _any_nan(array: Any) -> bool:
    import pyarrow.compute as pc

    return bool(pc.any(pc.is_nan(array)).as_py())


def _others(array: Any, *, exact: bool, whole: Callable[[], Any] | None) -> Profile:
    import pyarrow as pa
    import pyarrow.compute as pc

    zone = str(array.type.tz or "") if pa.types.is_timestamp(array.type) else ""
    if zone:
        full = whole
        array, whole = pc.local_timestamp(array), None if full is None else lambda: pc.local_timestamp(full())
    if pa.types.is_duration(array.type) or pa.types.is_time(array.type):
        low, high = None, None
    else:
        low, high = (v.as_py() for v in pc.min_max(array if exact or whole is None else whole()).values())
    distinct, most, values = _counted(array, MAX_NUMBERS + 1)
    listed = distinct <= MAX_NUMBERS
    return Profile(
        nulls=array.null_count,
        distinct=distinct,
        values=values if listed else (),
        complete=exact and listed,
        minimum=low,
        maximum=high,
        unique=distinct > 0 and most == 1,
        exact=exact,
        zone=zone,
    )


def profile_objects(name: str, cells: list[Any], *, exact: bool) -> tuple[Kind, Profile, str]:
    """Profile a column whose cells have no common Arrow type: nested values, or text mixed with numbers."""
    filled = [c for c in cells if c is not None and not (isinstance(c, float) and math.isnan(c))]
    nulls = len(cells) - len(filled)
    kinds = sorted({type(c).__name__ for c in filled})
    if any(isinstance(c, (dict, list, tuple, set)) for c in filled[:1000]):
        return Kind.NESTED, Profile(nulls=nulls, exact=exact), f"Column `{name}` holds nested values ({', '.join(kinds)})."
    counts: dict[str, int] = {}
    for cell in filled:
        counts[str(cell)] = counts.get(str(cell), 0) + 1
    ordered = tuple(sorted(counts, key=lambda v: -counts[v])[:MAX_TEXTS])
    profile = Profile(nulls=nulls, distinct=len(counts), values=ordered, complete=exact and len(counts) <= MAX_TEXTS, exact=exact)
    if len(kinds) == 1:
        return Kind.OTHER, profile, f"Column `{name}` holds Python objects ({kinds[0]}) that no table type fits."
    return Kind.OTHER, profile, f"Column `{name}` mixes types: {', '.join(kinds)}. Convert it to one type to compute with it."
