"""Charts as Plotly code over a table that is aggregated already."""

from __future__ import annotations

import html

from nexus_jupyter.codegen.chain import call
from nexus_jupyter.codegen.literals import text
from nexus_jupyter.codegen.writer import Writer
from nexus_jupyter.context.schema import Kind
from nexus_jupyter.plan.step import SortKey, Step
from nexus_jupyter.plan.steps import Sort, Top
from nexus_jupyter.plan.summaries import BoxStats, Chart, Correlation, Histogram

# Okabe and Ito's colours, which people who see few colours can tell apart; the darkest first.
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#F0E442", "#999999")
CLEAR = '"rgba(0,0,0,0)"'


def figure(chart: Chart, table: str, writer: Writer, variable: str) -> None:
    """Write the blocks that build the figure from the table in a variable."""
    if chart.kind in {"box", "heatmap"}:
        traces = _box(chart, table) if chart.kind == "box" else _heatmap(chart, table)
        writer.use("go")
        writer.emit(f"{variable} = go.Figure({traces})")
        titles = [f"title={text(_shown(chart.title))}"] if chart.title else []
        titles += [f"{axis}_title={text(_shown(said))}" for axis, said in zip(("xaxis", "yaxis"), _titles(chart), strict=True) if said]
    else:
        writer.use("px")
        writer.emit(f"{variable} = " + call(f"px.{_function(chart)}", *_arguments(chart, table, writer)))
        titles = []
    slim = [*titles, 'template="none"'] if chart.kind in {"box", "heatmap"} else []
    more = ["bargap=0"] if chart.kind == "histogram" else []
    writer.emit(call(f"{variable}.update_layout", *slim, *more, f"paper_bgcolor={CLEAR}", f"plot_bgcolor={CLEAR}", 'font_color="#808080"'))
    for line in _axes(chart, table, variable, lazy=bool(writer.lazy)):
        writer.emit(line)


def _shown(words: str) -> str:
    return html.escape(words, quote=False)


def words(name: str) -> str:
    """Write a column's name as an axis shows it."""
    shown = name.replace("_", " ").strip()
    return shown[:1].upper() + shown[1:] if shown else name


def _titles(chart: Chart) -> tuple[str, str]:
    if isinstance(chart.input, BoxStats):
        by = words(chart.input.by) if chart.input.by else ""
        return chart.x_title or by, chart.y_title or words(chart.input.column)
    if isinstance(chart.input, Histogram):
        return chart.x_title or words(chart.input.column), chart.y_title or "Count"
    return chart.x_title or words(chart.x), chart.y_title or words(chart.y)


def _function(chart: Chart) -> str:
    return "bar" if chart.kind == "histogram" else chart.kind


def _arguments(chart: Chart, table: str, writer: Writer) -> list[str]:
    x_title, y_title = _titles(chart)
    x, y = ("bin_start", "count") if chart.kind == "histogram" else (chart.x, chart.y)
    series = chart.series if chart.series != x or chart.kind == "bar" else None
    several = series is not None or chart.kind == "pie"
    colors = writer.constant("COLORS", f"[{', '.join(text(c) for c in (PALETTE if several else PALETTE[:1]))}]")
    labels = {x: x_title, y: y_title}
    if chart.kind == "pie":
        arguments = [table, f"names={text(x)}", f"values={text(y)}"]
    elif chart.horizontal and chart.kind == "bar":
        arguments = [table, f"x={text(y)}", f"y={text(x)}", 'orientation="h"']
    else:
        arguments = [table, f"x={text(x)}", f"y={text(y)}"]
    if chart.color is not None and chart.kind == "scatter":
        arguments.append(f"color={text(chart.color)}")
        labels.setdefault(chart.color, words(chart.color))
    elif series is not None and chart.kind != "pie":
        arguments.append(f"color={text(series)}")
        labels.setdefault(series, words(series))
        if chart.kind == "bar":
            arguments.append(f'barmode="{"stack" if chart.mode == "stack" else "group"}"')
    if chart.log_y:
        arguments.append("log_x=True" if chart.horizontal else "log_y=True")
    if chart.title:
        arguments.append(f"title={text(_shown(chart.title))}")
    arguments.append("labels={" + ", ".join(f"{text(k)}: {text(_shown(v))}" for k, v in labels.items() if k != v) + "}")
    if chart.color is None or chart.kind != "scatter":
        arguments.append(f"color_discrete_sequence={colors}")
    return [*arguments, 'template="none"']


def _order(step: Step) -> SortKey | None:
    """Give what the rows are sorted by first, or None."""
    while isinstance(step, (Sort, Top)):
        if step.by:
            return step.by[0]
        step = step.input
    return None


def _ordered_by_x(step: Step, x: str) -> bool:
    """Say whether the table rises along x, as an axis of numbers or dates does."""
    first = _order(step)
    return first is None or (first.column == x and not first.descending)


def _axes(chart: Chart, table: str, variable: str, *, lazy: bool) -> list[str]:
    if chart.kind in {"pie", "scatter"}:
        return []
    if chart.kind == "histogram":
        return [f'{variable}.update_traces(offset=0, width={table}["bin_end"] - {table}["bin_start"])']
    if isinstance(chart.input, BoxStats):
        return [f'{variable}.update_xaxes(type="category")'] if chart.input.by else []
    if chart.kind == "heatmap":
        return []
    kind = chart.input.schema.column(chart.x).kind
    labels = kind in {Kind.STRING, Kind.BOOLEAN, Kind.OTHER}
    counted = chart.kind == "bar" and kind is Kind.INTEGER
    if not (labels or counted or not _ordered_by_x(chart.input, chart.x)):
        return []
    flat = chart.horizontal and chart.kind == "bar"
    axis = "yaxes" if flat else "xaxes"
    order, first = "", _order(chart.input)
    if chart.series is not None and chart.kind == "bar" and first is not None and first.column == chart.y:
        order = f', categoryorder="total {"descending" if first.descending else "ascending"}"'
    elif chart.series is not None and chart.series != chart.x:
        different = "unique(maintain_order=True)" if lazy else "drop_duplicates()"
        order = f', categoryorder="array", categoryarray={table}[{text(chart.x)}].{different}'
    turned = ', autorange="reversed"' if flat else ""
    return [f'{variable}.update_{axis}(type="category"{order}{turned})']


def _box(chart: Chart, table: str) -> str:
    assert isinstance(chart.input, BoxStats)
    at = [f"x={table}[{text(chart.input.by)}]" if chart.input.by else f"name={text(_shown(words(chart.input.column)))}"]
    values = [
        f'{k}={table}["{c}"]'
        for k, c in (("lowerfence", "lower"), ("q1", "q1"), ("median", "median"), ("q3", "q3"), ("upperfence", "upper"))
    ]
    return call("go.Box", *at, *values, f'marker_color="{PALETTE[0]}"')


def _heatmap(chart: Chart, table: str) -> str:
    if isinstance(chart.input, Correlation) and chart.input.shape == "matrix":
        matrix = f'{table}.set_index("column")'
        return call("go.Heatmap", f'x={table}["column"]', f'y={table}["column"]', f"z={matrix}", "zmin=-1", "zmax=1", 'colorscale="RdBu"')
    return call(
        "go.Heatmap",
        f"x={table}[{text(chart.x)}]",
        f"y={table}[{text(chart.y)}]",
        f"z={table}[{text(str(chart.color))}]",
        'colorscale="Cividis"',
    )
