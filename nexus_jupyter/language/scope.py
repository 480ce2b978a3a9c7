"""What is known of the columns of a scope: what they hold, which of them is a key, and by which a row is called."""

from __future__ import annotations

from typing import Any

from nexus_jupyter.context.dataset import Catalog, Profile
from nexus_jupyter.context.schema import Column, Kind, Role
from nexus_jupyter.language.joins import edges_of
from nexus_jupyter.language.lexicon import UNSUMMABLE
from nexus_jupyter.language.tokens import name_words, number_of
from nexus_jupyter.language.vocabulary import Ref, vocabulary

FLAGS = (("1", "0"), ("1.0", "0.0"), ("T", "F"), ("Y", "N"), ("Yes", "No"), ("yes", "no"), ("True", "False"), ("true", "false"))

KEYED = frozenset({"id", "code", "key", "no", "number"})


class Scope:
    """The tables in which a question is read."""

    def __init__(self, catalog: Catalog, scope: tuple[str, ...]) -> None:
        """Take the tables."""
        self.catalog, self.scope = catalog, scope

    def info(self, ref: Ref) -> Column:
        """Give the column of the schema."""
        return self.catalog.dataset(ref.table).schema.column(ref.column)

    def profile(self, ref: Ref) -> Profile:
        """Give the column's profile."""
        return self.catalog.dataset(ref.table).profiles.get(ref.column) or Profile()

    def number(self, ref: Ref) -> bool:
        """Say whether the column holds numbers, perhaps written as text."""
        c = self.info(ref)
        return c.kind.numeric or (c.kind is Kind.STRING and self.profile(ref).number_format is not None) or c.kind is Kind.DURATION

    def partly(self, ref: Ref) -> bool:
        """Say whether a text column holds numbers among other words: half of its different values or more."""
        profile = self.profile(ref)
        if self.info(ref).kind is not Kind.STRING or profile.number_format is not None or profile.date_format is not None:
            return False
        values = [str(v).strip() for v in profile.values if str(v).strip()]
        return len(values) > 1 and sum(number_of(v) is not None for v in values) * 2 >= len(values)

    def dated(self, ref: Ref) -> bool:
        """Say whether the column holds dates or years."""
        c = self.info(ref)
        return c.kind.temporal or c.role is Role.DATE or self.profile(ref).date_format is not None

    def quantity(self, ref: Ref) -> bool:
        """Say whether sums of the column mean something."""
        c = self.info(ref)
        named = name_words(ref.column)
        words = set(named[1:] if len(named) > 1 and named[0] in {"number", "num", "no"} else named)
        return self.number(ref) and c.role not in {Role.IDENTIFIER, Role.DATE} and not words & UNSUMMABLE

    def flag(self, ref: Ref) -> tuple[Any, Any] | None:
        """Give the values by which a column of two says yes and no, or None where it says something else."""
        profile = self.profile(ref)
        if self.info(ref).kind is Kind.BOOLEAN:
            return True, False
        values = {str(v): v for v in profile.values}
        for yes, no in FLAGS:
            if profile.complete and values and set(values) <= {yes, no}:
                return values.get(yes, int(float(yes)) if yes[0].isdigit() else yes), values.get(
                    no, int(float(no)) if no[0].isdigit() else no
                )
        return None

    def points(self, ref: Ref) -> bool:
        """Say whether the column holds the keys of another table."""
        ends = [(e.left, e.left_on) for e in edges_of(self.catalog)] + [(e.right, e.right_on) for e in edges_of(self.catalog)]
        return (ref.table, ref.column) in ends and not self.profile(ref).unique

    def key_of(self, table: str) -> Ref | None:
        """Give the unique key of a table."""
        dataset = self.catalog.dataset(table)
        ids = [c for c in dataset.schema if dataset.profiles.get(c.name, Profile()).unique and c.role is Role.IDENTIFIER]
        return Ref(table, ids[0].name) if ids else None

    def label_of(self, table: str) -> list[Ref]:
        """Give the columns by which a row of the table is called; none where there is no good one."""
        dataset = self.catalog.dataset(table)
        own = set(name_words(table))
        of_roles = {ref.column for refs in vocabulary(dataset).roles.values() for ref in refs}
        named = {name_words(c.name): c.name for c in dataset.schema if c.name not in of_roles and name_words(c.name)}
        text = [c for c in dataset.schema if c.name in named.values() and c.kind is Kind.STRING and c.role is not Role.DATE]
        for words, name in named.items():
            if words in {("name",), ("title",)} or (words[-1] in {"name", "title"} and set(words[:-1]) and set(words[:-1]) <= own):
                return [Ref(table, name)]
        firsts = [c.name for c in text if {"first", "name"} <= set(name_words(c.name)) or name_words(c.name)[-1] in {"fname", "firstname"}]
        lasts = [c.name for c in text if {"last", "name"} <= set(name_words(c.name)) or name_words(c.name)[-1] in {"lname", "lastname"}]
        if firsts and lasts:
            return [Ref(table, firsts[0]), Ref(table, lasts[0])]
        for c in text:
            words = name_words(c.name)
            if words[-1] == "name" or set(words) <= own:
                return [Ref(table, c.name)]
        unique = [c for c in text if dataset.profiles.get(c.name, Profile()).unique]
        key = self.key_of(table)
        keyed = [c.name for c in dataset.schema if (words := name_words(c.name)) and set(words[:-1]) == own and words[-1] in KEYED]
        return [Ref(table, unique[0].name)] if unique else [key] if key else [Ref(table, keyed[0])] if len(keyed) == 1 else []

    def hinted(self, hints: str, tables: list[str], within: tuple[Ref, ...] = ()) -> Ref | None:
        """Find the column that an adjective speaks of, in these tables, and first among the columns of a role."""
        own = [ref for hint in hints.split() for ref in within if hint in name_words(ref.column)]
        if len(own) == 1:
            return own[0]
        for hint in hints.split():
            for table in tables:
                dataset = self.catalog.dataset(table)
                found = [c for c in dataset.schema if hint in name_words(c.name)]
                found = [c for c in found if c.kind.numeric or c.kind.temporal or c.role is Role.DATE] or found
                if len(found) == 1:
                    return Ref(table, found[0].name)
                exact = [c for c in found if name_words(c.name) == (hint,)]
                if exact:
                    return Ref(table, exact[0].name)
        return None

    def year_of(self, tables: list[str]) -> Ref | None:
        """Give the only column of these tables, or of the scope, that is called year and holds whole numbers."""
        for group in (tables, list(self.scope)):
            found = [
                Ref(t, c.name) for t in dict.fromkeys(group) for c in self.catalog.dataset(t).schema if name_words(c.name) == ("year",)
            ]
            found = [r for r in found if self.dated(r) and self.info(r).kind.numeric]
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def same_key(self, refs: list[Ref]) -> bool:
        """Say whether the columns are the two ends of a join."""
        tables = {r.table for r in refs}
        if len(tables) < len(refs):
            return False
        ends = {frozenset((Ref(e.left, a), Ref(e.right, b))) for e in edges_of(self.catalog) for a, b in e.pairs}
        return all(frozenset((refs[0], r)) in ends for r in refs[1:])
