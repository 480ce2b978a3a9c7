"""The policy's tables: which modules, names and methods a program may use, and why not the others."""

from __future__ import annotations

__all__ = ["ALLOWED_MODULES", "BUILTINS", "DENIED_MODULES", "DENIED_NAMES", "MAGIC", "TEXT_ONLY", "hint_for", "module_allowed"]

# Whole packages, minus DENIED_MODULES.
ALLOWED_MODULES = frozenset(
    {"pandas", "numpy", "polars", "plotly", "scipy", "statsmodels", "sklearn", "pyarrow"}
    | {"math", "cmath", "datetime", "re", "statistics", "collections", "itertools", "functools", "json", "random", "string"}
    | {"textwrap", "decimal", "fractions", "operator", "typing", "dataclasses", "enum", "copy", "time", "calendar", "warnings"}
    | {"heapq", "bisect", "io", "numbers", "abc", "contextlib", "zoneinfo", "unicodedata", "array", "pprint", "hashlib", "base64"}
    | {"secrets", "uuid", "colorsys", "difflib", "locale", "html", "csv", "__future__"},
)
# What an allowed package shows as its own: palettes.
SHOWN = ("_plotly_utils.colors",)
# Below an allowed package, and still not allowed.
DENIED_MODULES = (
    *("pandas.io", "pandas.compat", "pandas.core", "pandas.util", "pandas.testing", "pandas.errors.os", "pandas._libs", "pandas._testing"),
    *("numpy.ctypeslib", "numpy.testing", "numpy.f2py", "numpy.lib.format", "numpy.lib.npyio", "numpy.lib.introspect", "numpy.distutils"),
    *("numpy.core", "numpy._core", "numpy.ma.core", "polars.io", "polars.plugins", "polars.testing", "polars.sql", "polars.dependencies"),
    *("plotly.io", "plotly.offline", "plotly.data", "plotly.tools", "plotly.utils", "plotly.basedatatypes", "plotly.serializers"),
    *("scipy.io", "scipy.datasets", "scipy._lib", "scipy.weave", "scipy.__config__", "statsmodels.datasets", "statsmodels.iolib"),
    *("statsmodels.tools.testing", "statsmodels.tsa.x13", "statsmodels.compat", "statsmodels.sandbox", "statsmodels.graphics"),
    *("sklearn.utils._testing", "sklearn.externals", "sklearn.datasets._base", "sklearn.experimental", "sklearn.conftest"),
    *(
        "pyarrow.fs",
        "pyarrow.parquet",
        "pyarrow.csv",
        "pyarrow.json",
        "pyarrow.feather",
        "pyarrow.orc",
        "pyarrow.dataset",
        "pyarrow.flight",
    ),
    *("pyarrow.ipc", "pyarrow.cffi", "pyarrow.cuda", "pyarrow.jvm", "json.codecs", "html.parser"),
)
# Never, as an attribute, as an imported name or in a text that pandas would look up.
READERS = frozenset(
    {"read_pickle", "read_parquet", "read_feather", "read_orc", "read_hdf", "read_sql", "read_sql_query", "read_sql_table", "read_excel"}
    | {"read_html", "read_xml", "read_stata", "read_sas", "read_spss", "read_clipboard", "read_gbq", "read_iceberg", "read_database"}
    | {"read_database_uri", "read_delta", "read_avro", "read_ods", "read_ipc", "read_ipc_stream", "read_ipc_schema", "read_ndjson"}
    | {"read_csv_batched", "read_parquet_schema", "read_parquet_metadata", "read_lines", "scan_csv", "scan_parquet", "scan_ndjson"}
    | {"scan_ipc", "scan_delta", "scan_iceberg", "scan_pyarrow_dataset", "scan_lines", "load_files", "load_svmlight_file"}
    | {"load_svmlight_files", "fetch_openml", "memmap", "fromfile", "fromregex", "genfromtxt", "loadtxt", "open_memmap", "DataSource"}
    | {"get_rdataset", "webuse", "load_pickle", "ExcelFile", "HDFStore", "memory_map", "load_from_file", "loadmat", "get_handle"}
    | {"fetch_20newsgroups", "fetch_20newsgroups_vectorized", "fetch_california_housing", "fetch_covtype", "fetch_file", "fetch_kddcup99"}
    | {"fetch_lfw_pairs", "fetch_lfw_people", "fetch_olivetti_faces", "fetch_rcv1", "fetch_species_distributions", "get_data_home"}
    | {"clear_data_home", "load_sample_image", "load_sample_images", "show_runtime"},
)
WRITERS = frozenset(
    {"to_pickle", "to_parquet", "to_feather", "to_excel", "to_hdf", "to_sql", "to_stata", "to_orc", "to_gbq", "to_clipboard"}
    | {"to_iceberg", "write_parquet", "write_excel", "write_ipc", "write_ipc_stream", "write_avro", "write_delta", "write_database"}
    | {"write_clipboard", "write_iceberg", "sink_csv", "sink_parquet", "sink_ipc", "sink_ndjson", "sink_delta", "sink_batches"}
    | {"serialize", "deserialize", "save_to_file", "tofile", "savez", "savez_compressed", "savetxt", "savefig", "savemat", "save"}
    | {"write_image", "write_html", "write_images", "full_figure_for_development", "show_versions", "ExcelWriter", "remove_data"}
    | {"OSFile", "MemoryMappedFile", "output_stream", "input_stream", "FileIO", "open_code", "dump_svmlight_file"},
)
EVALUATORS = frozenset(
    {"attrgetter", "methodcaller", "update_wrapper", "get_type_hints", "get_annotations", "ForwardRef", "Formatter"}
    | {"sql_expr", "runstring", "rundocs", "from_template", "jinja2", "from_custom_template", "template_html", "template_latex"}
    | {"template_string", "register_plugin_function", "LowLevelCallable", "ctypeslib", "ctypes", "from_formula_string", "make_dataclass"}
    | {"set_string_function", "_evaluate_forwardref", "make_scorer_from_string", "load_module", "LogRecord", "CDLL", "source"}
    | {
        "from_buffer_address",
        "foreign_buffer",
        "as_strided",
        "__array_interface__",
        "CreateFileA",
        "parallel_backend",
        "register_parallel_backend",
    },
)
INTERNALS = frozenset(
    {"tb_frame", "tb_next", "f_back", "f_builtins", "f_code", "f_globals", "f_locals", "f_trace", "gi_frame", "gi_code", "gi_yieldfrom"}
    | {"cr_frame", "cr_code", "cr_await", "cr_origin", "ag_frame", "ag_code", "ag_await", "mro", "func_globals", "co_code", "modules"}
    | {"builtins", "sys", "os", "importlib", "subprocess", "inspect", "socket", "shutil", "pickle", "codecs", "posix", "ctypes_opaque"},
)
DENIED_NAMES = {
    **dict.fromkeys(READERS, "reader"),
    **dict.fromkeys(WRITERS, "writer"),
    **dict.fromkeys(EVALUATORS, "evaluator"),
    **dict.fromkeys(INTERNALS, "internal"),
}
# Methods that give a text without a path, and write a file with one; readers that also take a text in memory.
TEXT_ONLY = frozenset(
    {"to_csv", "to_json", "to_html", "to_string", "to_latex", "to_markdown", "to_xml", "write_csv", "write_json", "write_ndjson"},
)
MEMORY_ONLY = frozenset({"read_csv", "read_json", "read_table", "read_fwf"})
DISPATCHERS = frozenset({"agg", "aggregate", "transform", "apply"})
BUILTINS = frozenset(
    {"abs", "all", "any", "ascii", "bin", "bool", "bytearray", "bytes", "callable", "chr", "classmethod", "complex", "dict", "divmod"}
    | {"enumerate", "filter", "float", "format", "frozenset", "hash", "hex", "id", "int", "isinstance", "issubclass", "iter", "len"}
    | {"list", "map", "max", "min", "next", "object", "oct", "ord", "pow", "print", "property", "range", "repr", "reversed", "round"}
    | {"set", "slice", "sorted", "staticmethod", "str", "sum", "super", "tuple", "zip", "True", "False", "None", "NotImplemented"}
    | {"Ellipsis", "__build_class__", "__debug__"},
)
GUARDED_BUILTINS = frozenset({"getattr", "hasattr", "setattr", "delattr", "type"})
DENIED_BUILTINS = frozenset(
    {"open", "exec", "eval", "compile", "globals", "locals", "vars", "input", "breakpoint", "help", "dir", "memoryview", "exit", "quit"},
)
MAGIC = frozenset(
    f"__{name}__"
    for name in (
        *("init", "repr", "str", "len", "iter", "next", "call", "getitem", "setitem", "delitem", "contains", "eq", "ne", "lt", "le"),
        *("gt", "ge", "hash", "bool", "int", "float", "index", "add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"),
        *("radd", "rsub", "rmul", "rtruediv", "iadd", "isub", "imul", "neg", "pos", "abs", "and", "or", "xor", "invert"),
        *("enter", "exit", "post_init", "round", "format", "slots", "match_args", "reversed", "missing"),
    )
)
READ_MAGIC = frozenset({"__name__", "__doc__", "__version__", "__init__", "__post_init__", "__qualname__", "__len__"})
PRIVATE_OK = frozenset({"_asdict", "_replace", "_fields", "_make", "_merge"})

_HINTS = {
    "reader": "Data arrives as frames: use the frames that were given, or build one from values.",
    "writer": "Bind what you want to keep to `result`; exporting is done outside of the sandbox.",
    "evaluator": "Write the expression as ordinary code instead of naming or composing it.",
    "internal": "Use the library's documented, public functions.",
    "import": "Import from pandas, polars, numpy, plotly, scipy, statsmodels, scikit-learn or the plain standard library.",
    "private": "Use a name without leading underscores.",
    "builtin": "Bind the answer to `result`; print() shows text.",
    "text": "Call it without a path to get the text.",
    "string-code": "Use column names, numbers, texts, comparisons and arithmetic only; for more use boolean masks.",
    "form": "Write it with functions, loops and plain classes.",
    "size": "Split the question into smaller steps.",
    "syntax": "Correct the line.",
}


def hint_for(rule: str) -> str:
    """Say the legal way for what a rule refuses."""
    return _HINTS.get(rule, "")


def module_allowed(name: str) -> bool:
    """Whether a module of that full name may be imported or reached."""
    if name in SHOWN or (name.rpartition(".")[0] in SHOWN and not name.rpartition(".")[2].startswith("_")):
        return True
    root = name.partition(".")[0]
    if root not in ALLOWED_MODULES or any(part.startswith("_") for part in name.split(".")[1:]):
        return False
    return not any(name == denied or name.startswith(denied + ".") for denied in DENIED_MODULES)
