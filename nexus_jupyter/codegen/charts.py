"""Charts as Plotly code over a table that is aggregated already."""

from __future__ import annotations

import html

from nexus_jupyter.codegen.chain import call
from nexus_jupyter.codegen.literals import text
from nexus_jupyter.codegen.writer import Writer
from nexus_jupyter.context.schema import Kind
from nexus_jupyter.plan.expressions import NUMBERS
from nexus_jupyter.plan.step import SortKey, Step
from nexus_jupyter.plan.steps import Aggregate, Sort, Top
from nexus_jupyter.plan.subject import chain
from nexus_jupyter.plan.summaries import BoxStats, Chart, Correlation
from nexus_jupyter.plan.titles import Titles, titles, upper, words

# Okabe and Ito's colours, which people who see few colours can tell apart; those that show on white and on black come first.
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#F0E442", "#999999")
# Clear backgrounds and greys in the middle, so that a figure can be read in a light and in a dark page.
CLEAR, GREY, LINES = '"rgba(0,0,0,0)"', '"#808080"', '"rgba(128,128,128,0.25)"'
FACETS_A_ROW = 3
PLAIN = frozenset({"bar", "box", "histogram", "heatmap"})


def figure(chart: Chart, table: str, writer: Writer, variable: str) -> None:
    """Write the blocks that build the figure from the table in a variable."""
    said = titles(chart)
    layout = []
    if chart.kind in {"box", "heatmap"}:
        traces = _box(chart, table) if chart.kind == "box" else _heatmap(chart, table, writer)
        writer.use("go")
        writer.emit(f"{variable} = go.Figure({traces})")
        layout = [f"title={text(_shown(said.title))}"] if said.title else []
        layout += [f"{axis}_title={text(_shown(name))}" for axis, name in (("xaxis", said.x), ("yaxis", said.y)) if name]
        layout.append('template="none"')
    else:
        writer.use("px")
        writer.emit(f"{variable} = " + call(f"px.{_function(chart)}", *_arguments(chart, _parted(chart, table, writer), writer, said)))
    layout += ["bargap=0"] if chart.kind == "histogram" else []
    writer.emit(call(f"{variable}.update_layout", *layout, f"paper_bgcolor={CLEAR}", f"plot_bgcolor={CLEAR}", f"font_color={GREY}"))
    for line in _axes(chart, table, variable, writer):
        writer.emit(line)


def _shown(said: str) -> str:
    return html.escape(said, quote=False)


def _function(chart: Chart) -> str:
    return "bar" if chart.kind == "histogram" else chart.kind


def _parted(chart: Chart, table: str, writer: Writer) -> str:
    """Write a series of numbers as names, in their order: a colour for each of them, and no scale of colours."""
    series = chart.series
    if series in {None, chart.x, chart.y} or chart.input.schema.column(str(series)).kind not in NUMBERS:
        return table
    if writer.lazy:
        pl = writer.use("pl")
        return f"{table}.sort({text(str(series))}, maintain_order=True).with_columns({pl}.col({text(str(series))}).cast({pl}.String))"
    return f'{table}.sort_values({text(str(series))}, kind="stable").astype({{{text(str(series))}: "str"}})'


def _arguments(chart: Chart, table: str, writer: Writer, said: Titles) -> list[str]:
    x, y = ("bin_start", "count") if chart.kind == "histogram" else (chart.x, chart.y)
    series = chart.series if chart.series != x or chart.kind == "bar" else None
    several = series is not None or chart.kind == "pie"
    colors = writer.constant("COLORS", f"[{', '.join(text(c) for c in (PALETTE if several else PALETTE[:1]))}]")
    labels = {x: said.x, y: said.y}
    if chart.kind == "pie":
        arguments = [table, f"names={text(x)}", f"values={text(y)}"]
    elif chart.horizontal and chart.kind == "bar":
        arguments = [table, f"x={text(y)}", f"y={text(x)}", 'orientation="h"']
    else:
        arguments = [table, f"x={text(x)}", f"y={text(y)}"]
    if chart.color is not None and chart.kind == "scatter":
        arguments.append(f"color={text(chart.color)}")
        labels.setdefault(chart.color, _legend(chart.color))
    elif series is not None and chart.kind != "pie":
        arguments.append(f"color={text(series)}")
        labels.setdefault(series, said.series)
        if chart.kind == "histogram":
            arguments += ['barmode="overlay"', "opacity=0.6"]
        if chart.kind == "bar":
            arguments.append(f'barmode="{"stack" if chart.mode == "stack" else "group"}"')
    if chart.facet is not None:
        arguments += [f"facet_col={text(chart.facet)}", f"facet_col_wrap={FACETS_A_ROW}"]
        labels.setdefault(chart.facet, _legend(chart.facet))
    if chart.kind == "line" and any(isinstance(s, Aggregate) for s in chain(chart.input)):
        arguments.append("markers=True")  # a single point is seen, too
    if chart.trend:
        arguments.append('trendline="ols"')
    if chart.log_y:
        arguments.append("log_x=True" if chart.horizontal else "log_y=True")
    if said.title:
        arguments.append(f"title={text(_shown(said.title))}")
    arguments.append("labels={" + ", ".join(f"{text(k)}: {text(_shown(v))}" for k, v in labels.items() if k != v) + "}")
    if chart.color is None or chart.kind != "scatter":
        arguments.append(f"color_discrete_sequence={colors}")
    return [*arguments, 'template="none"']


def _legend(name: str) -> str:
    return upper(words(name))


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


def _axes(chart: Chart, table: str, variable: str, writer: Writer) -> list[str]:
    if chart.kind == "pie":
        return []
    grid = writer.constant("GRID", LINES) if chart.kind != "heatmap" else LINES
    flat = chart.horizontal and chart.kind == "bar"
    axis, other = ("yaxes", "xaxes") if flat else ("xaxes", "yaxes")
    away = ", title_standoff=12" if flat or chart.kind == "heatmap" else ""
    ruled = f"gridcolor={grid}, zerolinecolor={grid}"
    lines = [
        f"{variable}.update_{axis}({'showgrid=False' if chart.kind in PLAIN else ruled}, automargin=True{away if flat else ''})",
        f"{variable}.update_{other}({'showgrid=False' if chart.kind == 'heatmap' else ruled}, automargin=True{'' if flat else away})",
    ]
    if chart.percent:
        lines.append(
            f'{variable}.update_layout(barnorm="percent").update_{other}(ticksuffix="%", title={text("Share of " + titles(chart).y.lower())})'
        )
    if chart.facet is not None:
        lines.append(f'{variable}.for_each_annotation(lambda a: a.update(text=a.text.split("=")[-1]))')
    if isinstance(chart.input, Correlation):
        lines.append(f'{variable}.update_yaxes(autorange="reversed")')
    if chart.kind == "histogram":
        wide = f'{table}["bin_end"][0] - {table}["bin_start"][0]' if chart.series else f'{table}["bin_end"] - {table}["bin_start"]'
        return [*lines, f"{variable}.update_traces(offset=0, width={wide})"]
    if isinstance(chart.input, BoxStats):
        return [*lines, *([f'{variable}.update_xaxes(type="category")'] if chart.input.by else [])]
    if chart.kind in {"heatmap", "scatter"}:
        return lines
    kind = chart.input.schema.column(chart.x).kind
    labels = kind in {Kind.STRING, Kind.BOOLEAN, Kind.OTHER}
    counted = chart.kind == "bar" and kind is Kind.INTEGER
    if not (labels or counted or not _ordered_by_x(chart.input, chart.x)):
        return lines
    order, first = "", _order(chart.input)
    stacked = chart.series is not None or not any(isinstance(s, Aggregate) for s in chain(chart.input))  # several bars at one place
    if stacked and chart.kind == "bar" and chart.facet is None and first is not None and first.column == chart.y:
        order = f', categoryorder="total {"descending" if first.descending else "ascending"}"'
    elif (chart.series is not None and chart.series != chart.x) or chart.facet is not None:
        different = "unique(maintain_order=True)" if writer.lazy else "drop_duplicates()"
        order = f', categoryorder="array", categoryarray={table}[{text(chart.x)}].{different}'
    turned = ', autorange="reversed"' if flat else ""
    return [*lines, f'{variable}.update_{axis}(type="category"{order}{turned})']


def _box(chart: Chart, table: str) -> str:
    assert isinstance(chart.input, BoxStats)
    at = [f"x={table}[{text(chart.input.by)}]" if chart.input.by else f"name={text(_shown(_legend(chart.input.column)))}"]
    values = [
        f'{k}={table}["{c}"]'
        for k, c in (("lowerfence", "lower"), ("q1", "q1"), ("median", "median"), ("q3", "q3"), ("upperfence", "upper"))
    ]
    return call("go.Box", *at, *values, f'marker_color="{PALETTE[0]}"')


def _heatmap(chart: Chart, table: str, writer: Writer) -> str:
    if isinstance(chart.input, Correlation) and chart.input.shape == "matrix":
        numbers = f'{table}.drop("column").to_numpy()' if writer.lazy else f'{table}.drop(columns="column")'
        scale = ("zmin=-1", "zmax=1", 'colorscale="RdBu"', 'texttemplate="%{z:.2f}"')
        return call("go.Heatmap", f'x={table}["column"]', f'y={table}["column"]', f"z={numbers}", *scale)
    return call(
        "go.Heatmap",
        f"x={table}[{text(chart.x)}]",
        f"y={table}[{text(chart.y)}]",
        f"z={table}[{text(str(chart.color))}]",
        'colorscale="Cividis"',
    )
