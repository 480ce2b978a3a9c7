"""What leaves the sandbox for a page or a spreadsheet can not act there."""

from __future__ import annotations

import pandas as pd
import pytest

from nexus_jupyter.sandbox import Figure, Scalar, Table, Text
from nexus_jupyter.sandbox.figures import clean
from nexus_jupyter.sandbox.outcome import defuse, without_controls


@pytest.mark.parametrize("cell", ["=1+1", "+A1", "-A1", "@x", "\t=1", "  =1", "\uff1d1", '"=1'])
def test_cells_can_not_start_a_formula(cell: str) -> None:
    assert Table(frame=pd.DataFrame({cell: [cell]})).to_csv().count("'") == 2


@pytest.mark.parametrize("cell", ["-1.5", "+3", "1e5", "a=b", 3, None])
def test_numbers_and_texts_stay_as_they_are(cell: object) -> None:
    assert defuse(cell) == cell


def test_markup_is_shown_as_text() -> None:
    for shown in (Text(text="<script>x</script>"), Scalar(value="<img src=x>"), Table(frame=pd.DataFrame({"<b>": ["<script>"]}))):
        html = shown._repr_html_()
        assert "<script" not in html
        assert "<img" not in html


def test_terminal_sequences_are_dropped() -> None:
    assert without_controls("a\x1b]52;c;ZXZ=\x07b\x1b[2Jc\x1b]0;t\x1b\\d\u202ee\n\tf") == "abcde\n\tf"


@pytest.mark.parametrize(
    "figure",
    [
        {"data": [], "layout": {"images": [{"source": "http://evil"}]}},
        {"data": [{"type": "image", "source": "http://evil"}], "layout": {}},
        {"data": [{"type": "choropleth", "geojson": "http://evil"}], "layout": {}},
        {"data": [], "layout": {"map": {"style": "http://evil"}}},
        {"data": [], "layout": {"mapbox": {"layers": [{"source": "http://evil"}]}}},
        {"data": [], "layout": {"updatemenus": [{"buttons": [{"args": [{"images[0].source": "http://evil"}]}]}]}},
        {"data": [], "layout": {"map.style": "http://evil"}},
        {"data": [], "layout": {}, "config": {"plotlyServerURL": "http://evil"}},
        {"data": [{"name": "<a href='http://evil'>x</a>"}], "layout": {}},
    ],
)
def test_figures_load_and_link_nothing(figure: dict[str, object]) -> None:
    assert "evil" not in repr(clean(figure))


def test_what_figures_need_stays() -> None:
    figure = {
        "data": [
            {
                "type": "sankey",
                "link": {"source": [0, 1]},
                "x": {"bdata": "AQI=", "dtype": "i1"},
                "hovertemplate": "<b>%{x}</b><br><extra></extra>",
            },
        ],
        "layout": {"title": {"text": "a < b"}, "xaxis": {"range": [0, 1]}},
    }
    kept = clean(figure)
    assert kept["data"] == figure["data"]
    assert kept["layout"]["title"]["text"] == "a &lt; b"
    assert Figure(spec=kept)._repr_mimebundle_()["application/vnd.plotly.v1+json"] == kept
