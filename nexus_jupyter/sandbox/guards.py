"""The policy while a program runs: what attributes, imports and texts really are."""

from __future__ import annotations

import builtins
import sys
import types
from collections.abc import Callable
from string import Formatter
from typing import Any, NoReturn

from nexus_jupyter.sandbox import rules, strings
from nexus_jupyter.sandbox.violation import Violation

__all__ = ["PolicyError", "namespace", "refused"]

MODULE = "__nexus__"
FOREIGN = frozenset(
    {"os", "posix", "subprocess", "sys", "socket", "_socket", "importlib", "ctypes", "_ctypes", "pickle", "_pickle", "shutil", "inspect"}
    | {"tempfile", "pathlib", "threading", "_thread", "multiprocessing", "urllib", "http", "code", "timeit", "runpy", "gc", "signal"},
)
HARMFUL = frozenset({open, exec, eval, compile, __import__, globals, locals, vars, input, breakpoint, getattr, setattr, delattr})
FOREIGN_KINDS = frozenset({"jinja2", "subprocess", "socket", "ctypes", "_ctypes", "pickle", "_pickle", "mmap", "multiprocessing", "code"})
# Where the classes of plain Python and of the program itself live.
PLAIN_HOMES = frozenset({MODULE, "builtins", "re", "json", "abc", "enum", "typing", "collections"})
_known_kinds: set[type] = set()
refused: list[Violation] = []
_plain = getattr


class PolicyError(Exception):
    """The program tried something that the policy refuses."""


def refuse(rule: str, message: str) -> NoReturn:
    """Record a finding at the program's line and raise."""
    frame = sys._getframe(1)  # noqa: SLF001 - the line of the program is what we look for
    line = 0
    while frame is not None:
        if frame.f_globals.get("__name__") == MODULE:
            line = frame.f_lineno
            break
        frame = frame.f_back  # type: ignore[assignment]
    refused.append(Violation(rule=rule, line=line, message=message, hint=rules.hint_for(rule)))
    raise PolicyError(message)


def attribute(owner: Any, name: str, *default: Any) -> Any:
    """Get an attribute as the policy allows it."""
    if name in DANGEROUS or name[0:1] == "_":
        special = _special(owner, name)
        if special is not None:
            return special
    return _looked_at(owner, name, _plain(owner, name, *default))


def harmless(owner: Any, name: str) -> Any:
    """Get an attribute whose name is harmless: only what it gives is looked at, once for each type."""
    value = _plain(owner, name)
    if type(value) in _known_kinds and type(owner) is not types.ModuleType:
        return value
    return _looked_at(owner, name, value)


def _looked_at(owner: Any, name: str, value: Any) -> Any:
    kind = type(value)
    if kind is types.ModuleType:
        _module(value, f"{_plain(owner, '__name__', '')}.{name}")
    elif type(owner) is types.ModuleType:
        _check(value, name)
    if kind not in _known_kinds:
        _kind(kind, name)
    return value


def _kind(kind: type, name: str) -> None:
    """Refuse objects of libraries that compile texts or reach the system, wherever they turn up; look at each type once."""
    home = _plain(kind, "__module__", "")
    if isinstance(home, str) and home.partition(".")[0] in FOREIGN_KINDS:
        refuse("internal", f"`{name}` is an object of `{home}`.")
    _known_kinds.add(kind)


def _check(value: Any, name: str) -> None:
    home = _plain(value, "__module__", None)
    if isinstance(home, str) and home.partition(".")[0] in FOREIGN:
        refuse("internal", f"`{name}` comes from the module `{home}`.")
    if isinstance(value, (types.BuiltinFunctionType, types.FunctionType)) and value in HARMFUL:
        refuse("builtin", f"`{name}` is not available in the sandbox.")


def _module(value: types.ModuleType, path: str) -> None:
    if not rules.module_allowed(value.__name__):
        refuse("internal", f"`{path}` leads to the module `{value.__name__}`, which is not available in the sandbox.")


def _special(owner: Any, name: str) -> Any:
    """Give a guarded form of a method, None when the attribute is fine as it is, or refuse."""
    if not isinstance(name, str):
        refuse("internal", "An attribute's name has to be a text.")
    if name[0:1] == "_":
        own = owner if isinstance(owner, type) else type(owner)
        if name in rules.READ_MAGIC or name in rules.PRIVATE_OK or (not name.startswith("__") and not _library(own)):
            return None
        refuse("private", f"The attribute `{name}` is private.")
    if rule := rules.DENIED_NAMES.get(name):
        if name in _own(owner) and not hasattr(type(owner), name):
            return None
        refuse(rule, f"`{name}` is not available in the sandbox.")
    if name in ("format", "format_map") and (isinstance(owner, str) or owner is str):
        return _format(owner, name)
    maker = WRAPPED.get(name)
    if maker is None or not _library(owner) or (name in _own(owner) and not hasattr(type(owner), name)):
        return None
    method = _plain(owner, name)
    if isinstance(owner, type) and isinstance(method, types.FunctionType):  # its first argument is the object
        return lambda this, *args, **kwargs: maker(types.MethodType(method, this), name)(*args, **kwargs)
    return maker(method, name)


def _own(owner: Any) -> Any:
    """Give the names that are data: a frame's columns, the fields of the program's own objects."""
    if type(owner).__module__ == MODULE:
        return _plain(owner, "__dict__", ())
    if type(owner).__name__ == "DataFrame" and type(owner).__module__.startswith("pandas"):
        return owner.columns
    return ()


def _library(owner: Any) -> bool:
    """Tell whether an object is a library's, or of a program's class that is made from a library's."""
    if isinstance(owner, types.ModuleType):
        return owner.__name__.partition(".")[0] not in PLAIN_HOMES
    kind = owner if isinstance(owner, type) else type(owner)
    return any(base.__module__.partition(".")[0] not in PLAIN_HOMES for base in kind.__mro__)


def _of(method: Any, package: str) -> bool:
    """Tell whether a method, a class's own or an object's, or a function of a module, belongs to a package."""
    owner = _plain(method, "__self__", None)
    homes = [_plain(method, "__module__", "")]
    if owner is not None and not isinstance(owner, types.ModuleType):
        homes += [base.__module__ for base in (owner if isinstance(owner, type) else type(owner)).__mro__]
    return any(isinstance(home, str) and home.partition(".")[0] == package for home in homes)


class _Formatter(Formatter):
    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        from _string import formatter_field_name_split  # type: ignore[import-not-found] # what str.format itself uses

        first, rest = formatter_field_name_split(field_name)
        value = self.get_value(first, args, kwargs)
        for is_attribute, key in rest:
            value = attribute(value, key) if is_attribute else value[key]
        return value, first


def _format(owner: Any, name: str) -> Callable[..., str]:
    def form(*args: Any, **kwargs: Any) -> str:
        text, args = (args[0], args[1:]) if owner is str else (owner, args)
        return _Formatter().vformat(text, () if name == "format_map" else args, args[0] if name == "format_map" else kwargs)

    return form


def _text_only(method: Callable[..., Any], name: str) -> Callable[..., Any]:
    def guarded(*args: Any, **kwargs: Any) -> Any:
        target = next((kwargs[k] for k in ("path_or_buf", "path_or_buffer", "buf", "file") if k in kwargs), args[0] if args else None)
        if target is not None and not hasattr(target, "getvalue") and not isinstance(target, list):
            refuse("text", f"`{name}` was given a path; nothing can be written from here.")
        return method(*args, **kwargs)

    return guarded


def _memory_only(method: Callable[..., Any], name: str) -> Callable[..., Any]:
    def guarded(*args: Any, **kwargs: Any) -> Any:
        source = args[0] if args else next(iter(kwargs.values()), None)
        if not hasattr(source, "getvalue") and not isinstance(source, bytes):
            refuse("reader", f"`{name}` was given a path; no file or address can be read from here.")
        return method(*args, **kwargs)

    return guarded


def _never(method: Callable[..., Any], name: str) -> Callable[..., Any]:
    def guarded(*args: Any, **kwargs: Any) -> Any:
        refuse("reader", f"`{name}` reads what another program saved; nothing can be read from here.")

    return guarded


def _query(method: Callable[..., Any], name: str) -> Callable[..., Any]:
    def guarded(expr: Any, *args: Any, **kwargs: Any) -> Any:
        if not _of(method, "pandas"):  # a tree of points is asked for neighbours, not by text
            return method(expr, *args, **kwargs)
        if problem := strings.query(expr):
            refuse("string-code", problem)
        if isinstance(_plain(method, "__self__", None), types.ModuleType) or not hasattr(method, "__self__"):
            return method(expr, *args, **kwargs)
        return method(expr, *args, **{"level": kwargs.pop("level", 0) + 1, **kwargs})

    return guarded


def _dispatch(method: Callable[..., Any], name: str) -> Callable[..., Any]:
    def look(value: Any) -> None:
        if isinstance(value, str):
            if value in rules.DENIED_NAMES or value.startswith("_") or value in rules.TEXT_ONLY:
                refuse(rules.DENIED_NAMES.get(value, "private"), f"`{value}` is not available in the sandbox.")
        elif isinstance(value, (list, tuple)):
            for one in value:
                look(one)
        elif isinstance(value, dict):
            for one in value.values():
                look(one)

    def guarded(*args: Any, **kwargs: Any) -> Any:
        if _of(method, "pandas"):  # others take data, in which any text may be
            look(args[:1])
            look(kwargs.get("func"))
        return method(*args, **kwargs)

    return guarded


def _formula(method: Callable[..., Any], name: str) -> Callable[..., Any]:
    if not _of(method, "statsmodels"):  # a distribution may have the same name
        return method

    def guarded(*args: Any, **kwargs: Any) -> Any:
        if problem := strings.formula(kwargs.get("formula", args[0] if args else None)):
            refuse("string-code", problem)
        depth = kwargs.get("eval_env", 1)  # how far up the names of the formula are, and this function is one step more
        return method(*args, **(kwargs | ({"eval_env": depth + 1} if isinstance(depth, int) and depth >= 0 else {})))

    return guarded


def _sql(method: Callable[..., Any], name: str) -> Callable[..., Any]:
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if problem := strings.sql(kwargs.get("query", args[0] if args else "")):
            refuse("string-code", problem)
        return method(*args, **kwargs)

    return guarded


def _styler_format(method: Callable[..., Any], name: str) -> Callable[..., Any]:
    def guarded(formatter: Any = None, *args: Any, **kwargs: Any) -> Any:
        texts = formatter.values() if isinstance(formatter, dict) else [formatter]
        if any(isinstance(t, str) and ("." in t.partition(":")[0] or "[" in t) for t in texts):
            refuse("string-code", "The format walks into attributes.")
        return method(formatter, *args, **kwargs)

    return guarded


WRAPPED: dict[str, Callable[[Callable[..., Any], str], Callable[..., Any]]] = {
    **dict.fromkeys(rules.TEXT_ONLY, _text_only),
    **dict.fromkeys(rules.MEMORY_ONLY, _memory_only),
    **dict.fromkeys(("query", "eval"), _query),
    **dict.fromkeys(("agg", "aggregate", "transform", "apply"), _dispatch),
    **dict.fromkeys(("from_formula", "ols", "logit", "probit", "glm", "poisson", "wls", "gls", "mixedlm", "rlm", "quantreg"), _formula),
    **dict.fromkeys(("sql", "execute"), _sql),
    "load": _never,
}
DANGEROUS = frozenset(rules.DENIED_NAMES) | frozenset(WRAPPED) | {"format", "format_map"}


# What stands for the builtins and the import statement.
def has(owner: Any, name: Any) -> bool:
    """Tell whether an object has an attribute that the policy allows."""
    if not isinstance(name, str) or name[0:1] == "_" or name in rules.DENIED_NAMES:
        return False
    return hasattr(owner, name)


def writable(owner: Any) -> Any:
    """Let attributes be set on anything but modules and the classes of libraries."""
    if isinstance(owner, types.ModuleType) or (isinstance(owner, type) and owner.__module__ != MODULE):
        refuse("internal", f"`{owner.__name__}` may not be changed.")
    return owner


def set_(owner: Any, name: Any, value: Any) -> None:
    """Set an attribute by a name that the policy allows."""
    if not isinstance(name, str) or name[0:1] == "_":
        refuse("private", f"The attribute `{name}` is private.")
    setattr(writable(owner), name, value)


def delete(owner: Any, name: Any) -> None:
    """Delete an attribute by a name that the policy allows."""
    if not isinstance(name, str) or name[0:1] == "_":
        refuse("private", f"The attribute `{name}` is private.")
    delattr(writable(owner), name)


class _TypeMeta(type):
    def __instancecheck__(cls, instance: Any) -> bool:
        return isinstance(instance, type)

    def __call__(cls, value: Any) -> Any:
        return type(value)


class Type(metaclass=_TypeMeta):
    """The name ``type`` of a program: tells a class, makes none."""


def import_(name: str, leaf: bool) -> types.ModuleType:  # noqa: FBT001 - called by generated code
    """Do what ``import name`` or ``import name as other`` does."""
    if not rules.module_allowed(name):
        refuse("import", f"The module `{name}` is not available in the sandbox.")
    _load(name)
    return sys.modules[name if leaf else name.partition(".")[0]]


def from_(module: str, name: str) -> Any:
    """Do what ``from module import name`` does."""
    if not rules.module_allowed(module):
        refuse("import", f"The module `{module}` is not available in the sandbox.")
    _load(module)
    owner = sys.modules[module]
    if not hasattr(owner, name) and rules.module_allowed(f"{module}.{name}"):
        _load(f"{module}.{name}")
    try:
        return attribute(owner, name)
    except AttributeError:
        message = f"cannot import name {name!r} from {module!r}"
        raise ImportError(message) from None


def _load(name: str) -> None:
    if name not in sys.modules:
        builtins.__import__(name)


def namespace() -> dict[str, Any]:
    """Make the globals of a program: guarded builtins and the guards that its code calls."""
    module = types.ModuleType(MODULE)
    sys.modules[MODULE] = module
    given = {name: _plain(builtins, name) for name in rules.BUILTINS if hasattr(builtins, name)}
    errors = {k: v for k, v in vars(builtins).items() if isinstance(v, type) and issubclass(v, BaseException)}
    # C code imports by this frame's __import__; programs can't name it.
    given |= errors | {"getattr": attribute, "hasattr": has, "setattr": set_, "delattr": delete, "type": Type, "__import__": __import__}
    space = vars(module)
    space.update(
        {"__builtins__": given, "_getattr_": attribute, "_attr_": harmless, "_write_": writable, "_import_": import_, "_from_": from_}
    )
    return space
