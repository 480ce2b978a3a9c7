"""The early, readable error: which forms a program may have, decided on its text, form by form.

The operating system is the wall (see `confine`). The policy refuses what has no place in an analysis, names the line
and the rule, and says the legal way. It never runs anything.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

from RestrictedPython.transformer import RestrictingNodeTransformer, copy_locations

from nexus_jupyter.sandbox import guards, rules, strings
from nexus_jupyter.sandbox.violation import Violation

__all__ = ["NAME", "Violation", "check", "compile_program", "parse"]

NAME = "<program>"
CODE_KB, NODES, DEPTH = 100, 20_000, 120
FOUND = 20  # findings that are reported


def _at(rule: str, line: int, message: str) -> Violation:
    return Violation(rule=rule, line=line, message=message, hint=rules.hint_for(rule))


def check(code: str) -> tuple[Violation, ...]:
    """Give what the policy refuses in a program, by its text alone; nothing is compiled or run."""
    tree, found = parse(code)
    if tree is None:
        return found
    transformer = Policy(_own_private(tree))
    transformer.visit(tree)
    return tuple(transformer.found[:FOUND])


def parse(code: str) -> tuple[ast.Module | None, tuple[Violation, ...]]:
    """Parse a program within bounds of size, or say why not."""
    if len(code) > CODE_KB << 10 or len(code.encode("utf-8", "replace")) > CODE_KB << 10:
        return None, (_at("size", 1, f"The program has {len(code):,} characters; the limit is {CODE_KB} kB."),)
    try:
        tree = ast.parse(code.removeprefix("\ufeff"), NAME)
    except SyntaxError as error:
        return None, (_at("syntax", error.lineno or 1, f"This is not Python: {error.msg}."),)
    except (ValueError, OverflowError) as error:
        return None, (_at("syntax", 1, f"This is not Python: {str(error)[:200]}."),)
    except (RecursionError, MemoryError):
        return None, (_at("size", 1, f"The program is nested too deeply; the limit is {DEPTH} levels."),)
    level: list[ast.AST] = [tree]
    count = depth = 0
    while level:
        count, depth = count + len(level), depth + 1
        if count > NODES or depth > DEPTH:
            what = f"nested deeper than {DEPTH} levels" if depth > DEPTH else f"more than {NODES:,} parts"
            return None, (_at("size", getattr(level[0], "lineno", 1), f"The program is too large: {what}."),)
        level = [child for node in level for child in ast.iter_child_nodes(node)]
    return tree, ()


def compile_program(code: str) -> tuple[Any, tuple[Violation, ...]]:
    """Compile a program with its guards, or give the findings; only a worker calls this."""
    tree, found = parse(code)
    if tree is None:
        return None, found
    policy = Policy(_own_private(tree))
    policy.visit(tree)
    if policy.found:
        return None, tuple(policy.found[:FOUND])
    ast.fix_missing_locations(tree)
    try:
        return compile(tree, NAME, "exec", dont_inherit=True), ()
    except (SyntaxError, ValueError, OverflowError) as error:  # what the grammar allows and the compiler does not
        line = getattr(error, "lineno", None) or 1
        return None, (_at("syntax", line, f"This is not Python: {getattr(error, 'msg', error)}."),)


def _own_private(tree: ast.Module) -> frozenset[str]:
    """Give the private names that the program's own classes define, by a method, a field, or `self._name = …`."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef):
            continue
        for one in ast.walk(node):
            if isinstance(one, ast.Attribute) and isinstance(one.ctx, ast.Store) and isinstance(one.value, ast.Name):
                found.update([one.attr] if one.value.id in ("self", "cls") else [])
            elif isinstance(one, ast.FunctionDef):
                found.add(one.name)
            elif isinstance(one, (ast.Assign, ast.AnnAssign)):
                targets = one.targets if isinstance(one, ast.Assign) else [one.target]
                found.update(target.id for target in targets if isinstance(target, ast.Name))
    return frozenset(name for name in found if name.startswith("_") and not name.startswith("__"))


def _method_names(node: ast.Call, name: str) -> list[str]:
    """Give the texts of a call that name an attribute, or a method that pandas looks up; columns and values are not among them."""
    found: list[str] = []
    if name in ("getattr", "setattr", "hasattr"):
        where: list[ast.AST] = [*node.args[1:2]]
    elif name in rules.DISPATCHERS:
        first = [*node.args[:1], *(k.value for k in node.keywords if k.arg == "func")]
        named = [k.value.elts[-1] for k in node.keywords if isinstance(k.value, ast.Tuple) and k.value.elts]  # total=("column", "sum")
        where = [*first, *named]
    else:
        return found
    while where:
        one = where.pop()
        if isinstance(one, ast.Constant):
            found += [one.value] if isinstance(one.value, str) else []
        elif isinstance(one, ast.Dict):
            where += one.values
        elif isinstance(one, (ast.List, ast.Tuple)):
            where += one.elts if name != "transform" else []  # an encoder's data; a frame's method is looked at while it runs
        elif isinstance(one, (ast.BinOp, ast.JoinedStr, ast.IfExp)):
            where += [part for part in ast.walk(one) if isinstance(part, ast.Constant)]
    return found


def _call(name: str, args: Sequence[ast.expr], like: Any) -> ast.Call:
    node = ast.Call(func=ast.Name(name, ast.Load()), args=list(args), keywords=[])
    copy_locations(node, like)
    return node


class Policy(RestrictingNodeTransformer):  # type: ignore[misc] # RestrictedPython has no types
    """RestrictedPython's transformer, opened form by form for what analyses need."""

    def __init__(self, own_private: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self.own_private = own_private  # what they are read from is looked at while the program runs
        self.found: list[Violation] = []
        self.classes = 0

    # ---- reporting
    def error(self, node: ast.AST, info: str) -> None:
        """Record what RestrictedPython itself refuses."""
        self.refuse("form", node, info if info.endswith(".") else info + ".")

    def warn(self, node: ast.AST, info: str) -> None:
        """Drop warnings: they speak of forms that RestrictedPython does not know."""

    def refuse(self, rule: str, node: ast.AST, message: str) -> None:
        """Record a finding at a node."""
        self.found.append(_at(rule, getattr(node, "lineno", 1), message))

    def open(self, node: ast.AST) -> ast.AST:
        """Allow a form and look at what is in it."""
        return self.node_contents_visit(node)  # type: ignore[no-any-return]

    visit_Nonlocal = visit_Match = visit_match_case = visit_MatchAs = visit_MatchOr = visit_MatchValue = open
    visit_MatchSingleton = visit_MatchSequence = visit_MatchMapping = visit_MatchStar = open
    visit_Subscript = visit_comprehension = visit_For = visit_Assign = visit_With = visit_Module = open
    visit_Starred = visit_TryStar = visit_TypeAlias = visit_TypeVar = open

    # ---- names
    def check_name(self, node: Any, name: str | None, allow_magic_methods: bool = False) -> None:  # noqa: FBT001, FBT002
        """Refuse names by which guards or the interpreter's own hooks could be replaced."""
        if name is None:
            return
        if name.startswith("__") or (name.startswith("_") and name.endswith("_") and len(name) > 1):
            if not (allow_magic_methods and name in rules.MAGIC and self.classes) and name not in ("__slots__", "__name__"):
                self.refuse("private", node, f"The name `{name}` belongs to the interpreter.")
        elif name in rules.DENIED_BUILTINS:
            self.refuse("builtin", node, f"`{name}` does not exist in the sandbox.")

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """Check the name."""
        self.check_name(node, node.id)
        return node

    def visit_Global(self, node: ast.Global) -> ast.AST:
        """Check the names that are declared."""
        for name in node.names:
            self.check_name(node, name)
        return node

    def visit_MatchClass(self, node: ast.MatchClass) -> ast.AST:
        """Check the attributes that a pattern reads."""
        for name in node.kwd_attrs:
            self._attribute(node, name)
        return self.open(node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.AST:
        """Check the name of the caught error."""
        self.check_name(node, node.name)
        return self.open(node)

    # ---- statements
    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        """Allow it on names, attributes, items and slices."""
        if isinstance(node.target, ast.Attribute):
            self._attribute(node, node.target.attr)
            node.target.value = self.visit(node.target.value)
            node.value = self.visit(node.value)
            return node
        return self.open(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        """Allow annotations of names."""
        return self.open(node)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> ast.AST:
        """Allow the walrus on names."""
        return self.open(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Check the names of a function."""
        self.check_name(node, node.name, allow_magic_methods=True)
        self.check_function_argument_names(node)
        classes, self.classes = self.classes, 0
        opened = self.open(node)
        self.classes = classes
        return opened

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        """Check the names of the arguments."""
        self.check_function_argument_names(node)
        return self.open(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        """Allow plain classes; metaclasses and other keywords are refused."""
        self.check_name(node, node.name)
        for keyword in node.keywords:
            self.refuse("form", node, f"A class may not have the keyword `{keyword.arg}`.")
        self.classes += 1
        opened = self.open(node)
        self.classes -= 1
        return opened

    # ---- attributes and calls
    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """Check the name of the attribute and guard what it gives."""
        own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
        if node.attr == "__name__" and isinstance(node.value, ast.Attribute) and node.value.attr == "__class__":
            node.value = _call("type", [self.visit(node.value.value)], node.value)
            return node
        own = own or (node.attr in self.own_private and isinstance(node.ctx, ast.Load))
        if not (own and node.attr.startswith("_") and not node.attr.startswith("__")):
            self._attribute(node, node.attr, store=not isinstance(node.ctx, ast.Load))
        node.value = self.visit(node.value)
        if isinstance(node.ctx, ast.Load):
            guard = "_getattr_" if node.attr in guards.DANGEROUS or node.attr.startswith("_") else "_attr_"
            return _call(guard, [node.value, ast.Constant(node.attr)], node)
        node.value = _call("_write_", [node.value], node.value)
        return node

    def _attribute(self, node: ast.AST, name: str, *, store: bool = False) -> None:
        if name.startswith("_"):
            if name not in rules.PRIVATE_OK and (store or name not in rules.READ_MAGIC):
                self.refuse("private", node, f"The attribute `{name}` is private.")
        elif rule := rules.DENIED_NAMES.get(name):
            self.refuse(rule, node, f"`{name}` is not available in the sandbox.")

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Check texts that name methods or hold code, and paths given to methods that can write."""
        name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
        first = node.args[0] if node.args else None
        if name in rules.TEXT_ONLY and isinstance(first, (ast.Constant, ast.JoinedStr)) and getattr(first, "value", "") is not None:
            self.refuse("text", node, f"`{name}` was given a path; nothing can be written from here.")
        if name in rules.MEMORY_ONLY and isinstance(first, (ast.Constant, ast.JoinedStr)):
            self.refuse("reader", node, f"`{name}` was given a path; no file or address can be read from here.")
        if name in ("query", "eval") and isinstance(node.func, ast.Attribute) and isinstance(first, ast.Constant):
            self._string(node, strings.query(first.value))
        for text in _method_names(node, name):
            if text in rules.DENIED_NAMES or text.startswith("__"):
                self.refuse(rules.DENIED_NAMES.get(text, "private"), node, f"`{text}` is not available in the sandbox.")
        return self.open(node)

    def _string(self, node: ast.AST, problem: str) -> None:
        if problem:
            self.refuse("string-code", node, problem)

    # ---- imports: each becomes a call of a guard, as C code uses __import__ with our globals too
    def visit_Import(self, node: ast.Import) -> Any:
        """Check the modules and turn the statement into guarded assignments."""
        made = []
        for alias in node.names:
            self._module(node, alias.name)
            self.check_name(node, alias.asname or alias.name.partition(".")[0])
            arguments: list[ast.expr] = [ast.Constant(alias.name), ast.Constant(bool(alias.asname))]
            target = ast.Name(alias.asname or alias.name.partition(".")[0], ast.Store())
            made.append(ast.Assign(targets=[target], value=_call("_import_", arguments, node)))
            copy_locations(made[-1], node)
        return made

    def visit_ImportFrom(self, node: ast.ImportFrom) -> Any:
        """Check the module and the names and turn the statement into guarded assignments."""
        if node.module == "__future__":
            return node
        if node.level or not node.module:
            self.refuse("import", node, "Relative imports have no meaning here.")
            return node
        self._module(node, node.module)
        made = []
        for alias in node.names:
            if alias.name == "*":
                self.refuse("import", node, f"`from {node.module} import *` hides which names come in.")
                continue
            self._attribute(node, alias.name)
            self.check_name(node, alias.asname or alias.name)
            value = _call("_from_", [ast.Constant(node.module), ast.Constant(alias.name)], node)
            made.append(ast.Assign(targets=[ast.Name(alias.asname or alias.name, ast.Store())], value=value))
            copy_locations(made[-1], node)
        return made or node

    def _module(self, node: ast.AST, name: str) -> None:
        if not rules.module_allowed(name):
            self.refuse("import", node, f"The module `{name}` is not available in the sandbox.")
