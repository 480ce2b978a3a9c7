"""A method chain that is being written, and how it is laid out on lines."""

from __future__ import annotations

from dataclasses import dataclass, replace

WIDTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """An expression that gives a table: a start, a boolean mask on it, and calls one after the other.

    A call is its name and its arguments; a name without arguments and with `[` is a subscript.
    """

    base: str
    mask: tuple[str, ...] = ()
    calls: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def then(self, name: str, *arguments: str) -> Chain:
        """Add a call."""
        return replace(self, calls=(*self.calls, (name, arguments)))

    def pick(self, inside: str) -> Chain:
        """Add a subscript."""
        return replace(self, calls=(*self.calls, ("[", (inside,))))

    @property
    def name(self) -> str | None:
        """Give the variable that this is, or None for more than a variable."""
        return self.base if self.base.isidentifier() and not self.mask and not self.calls else None

    @property
    def line(self) -> str:
        """Write it on one line."""
        return self._start + "".join(_call(name, arguments) for name, arguments in self.calls)

    @property
    def _start(self) -> str:
        return f"{self.base}[{' & '.join(self.mask)}]" if self.mask else self.base

    def lines(self, indent: str = "") -> str:
        """Write it with one call a line."""
        out = [indent + self._start] if len(self._start) <= WIDTH or not self.mask else [
            f"{indent}{self.base}[", *(f"{indent}    {'& ' if i else ''}{m}" for i, m in enumerate(self.mask)), f"{indent}]"]  # fmt: skip
        for number, (name, arguments) in enumerate(self.calls):
            short = _call(name, arguments)
            fits = len(out[-1]) + len(short) <= WIDTH
            first = number == 0 and not self.mask and "\n" not in short
            if fits and (first or name == "["):
                out[-1] += short
            elif len(short) <= WIDTH or len(arguments) < 2 or name == "[":  # noqa: PLR2004 - nothing to break
                out.append(indent + short)
            else:
                out += [f"{indent}.{name}(", *(f"{indent}    {a}," for a in arguments), f"{indent})"]
        return "\n".join(out)


def _call(name: str, arguments: tuple[str, ...]) -> str:
    return f"[{arguments[0]}]" if name == "[" else f".{name}({', '.join(arguments)})"


def assign(variable: str, chain: Chain) -> str:
    """Write an assignment: on one line where it fits, else one call a line in parentheses."""
    short = f"{variable} = {chain.line}"
    calls = sum(1 for name, _ in chain.calls if name != "[")
    if len(short) <= WIDTH and calls <= 2:  # noqa: PLR2004 - more calls read better on lines of their own
        return short
    if "\n" in chain.base:
        return short
    body = chain.lines()
    if not calls and not any(line.startswith("[") for line in body.split("\n")):  # a subscript on a line of its own needs parentheses
        return f"{variable} = {body}" if len(short) > WIDTH else short
    return f"{variable} = (\n{chain.lines('    ')}\n)"


def call(function: str, *arguments: str) -> str:
    """Write a call on one line where it fits, else with one argument a line."""
    short = f"{function}({', '.join(arguments)})"
    if len(short) <= WIDTH:
        return short
    return f"{function}(\n" + "".join(f"    {a},\n" for a in arguments) + ")"
