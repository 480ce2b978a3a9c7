"""HTML and Markdown of strangers."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_jupyter.kernel.markup import BREAK, NUMBERS, TAGS, plain_html, plain_markdown

# What a hostile page is made of; drawn in any order and cut by any text.
PIECES = (
    *("<", ">", "</", "/>", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<?", '"', "'", "=", "&lt;", "&#60;", "&#x3c;script&#x3e;", "\x00"),
    *("<script>", "</script>", "<style>", "</style>", "<svg>", "</svg>", "<math>", "<title>", "</title>", "<template>", "<textarea>"),
    *("<b>", "</b>", "<table>", "<td ", "<b id=T_1_row0_col0>", "#T_1_row0_col0 {", "color: red", "}", "background-color:", "url(//e.org)"),
    *(
        " onclick=",
        " style=",
        " id=",
        " class=",
        " href=",
        "javascript:",
        "<img src=x onerror=go()>",
        "<iframe srcdoc=",
        "position: fixed;",
    ),
)


@pytest.mark.parametrize(
    "text",
    [
        "<script>go()</script>",
        "<img src=x onerror=go()>",
        "<svg onload=go()><a href='javascript:go()'>x</a></svg>",
        "<iframe srcdoc='<script>go()</script>'></iframe>",
        "<style>b{background:url(http://e.org/)}</style>",
        "<a href='javascript:go()'></a>",
        "<form action=http://e.org><input></form>",
        "<meta http-equiv=refresh content='0;url=http://e.org'>",
        "<link rel=stylesheet href=http://e.org>",
        "<math><mtext><style><img src=x onerror=go()></style></mtext></math>",
        "<noscript><p title='</noscript><img src=x onerror=go()>'></noscript>",
        "<template><script>go()</script></template>",
        "<object data=http://e.org></object><embed src=http://e.org>",
        "<!-- --!><img src=x onerror=go()> -->",
        "<b/onclick=go()>",
        "<scr<script>ipt>go()</scr</script>ipt>",
    ],
)
def test_what_runs_loads_or_links_does_not_come_through(text):
    made = plain_html(text)
    assert not re.search(r"<(?!/?(?:b|p)>)", made), made
    assert "onerror=go()" not in re.sub(r"&lt;.*", "", made)


def test_a_frame_s_table_comes_through():
    text = (
        '<table border="1" class="dataframe jp-Dialog"><tr style="text-align: right;"><th>a</th><td colspan="2">1 &lt; 2</td></tr></table>'
    )
    assert plain_html(text) == (
        '<table border="1" class="dataframe"><tr style="text-align: right"><th>a</th><td colspan="2">1 &lt; 2</td></tr></table>'
    )


def test_a_styled_frame_keeps_the_look_of_its_cells():
    frame = pd.DataFrame({"fare": [1.5, -2.0]})
    styled = frame.style.map(lambda v: "color: red; background: url(http://e.org)" if v < 0 else "").highlight_max(color="#ffd").to_html()
    made = plain_html(styled)
    assert re.findall(r'<td style="([^"]*)">([^<]*)</td>', made) == [("background-color: #ffd", "1.500000"), ("color: red", "-2.000000")]
    assert "e.org" not in made
    assert "<style" not in made


ALLOWED = re.compile(r"</?[a-z1-6]+(?: [a-z]+=\"[^\"<>]*\")*>")


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30).map("".join))
def test_nothing_but_listed_tags_and_attributes_comes_through(text):
    made = plain_html(text)
    tags = re.findall(r"<[^>]*>", made)
    assert "".join(made.split()).count("<") == len(tags)
    for tag in tags:
        assert ALLOWED.fullmatch(tag)
        assert re.match(r"</?([a-z1-6]+)", tag)[1] in TAGS
        for name, value in re.findall(r' ([a-z]+)="([^"]*)"', tag):
            assert name in {"class", "style", "scope", "align", "valign", *NUMBERS}
            assert name != "style" or not re.search(r"url|@|\\\\|expression|position", value)
    assert plain_html(made) == made


@pytest.mark.parametrize(
    "style", ["background: url(//e.org)", "color: expression(x)", "position: fixed", "color: r\\65 d", "background-color: var(--x)"]
)
def test_a_style_cannot_load_or_cover(style):
    assert plain_html(f'<b style="{style}">x</b>') == "<b>x</b>"


def test_what_is_open_is_closed_and_what_is_too_long_left_out():
    assert plain_html("<div><b>x") == "<div><b>x</b></div>"
    assert plain_html("x" * (9 << 20)) == ""


@pytest.mark.parametrize(
    "text", ["![x](http://e.org)", "[x](javascript:go())", "[x][1]\n\n[1]: javascript:go()", "<img src=x>", "<https://e.org>", "![x][1]"]
)
def test_markdown_has_no_images_links_and_tags(text):
    made = plain_markdown(text)
    assert not re.search(r"!\[|\]\(|\]:|\]\[|<[A-Za-z/!?]", made)
    assert made.replace(BREAK, "") == text


def test_a_drawing_stays_text():
    assert "```mermaid" not in plain_markdown("```mermaid\nflowchart\n```").lower()
