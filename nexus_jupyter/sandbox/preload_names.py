"""Modules that libraries import late, found by running ordinary analyses; made by `benchmarks/preload_names.py`."""

from __future__ import annotations

__all__ = ["FIGURES", "LATE", "LATE_STATISTICS"]

LATE = """
narwhals._duration narwhals._interchange narwhals._interchange.dataframe narwhals._namespace narwhals._pandas_like
narwhals._pandas_like.dataframe narwhals._pandas_like.expr narwhals._pandas_like.group_by narwhals._pandas_like.namespace
narwhals._pandas_like.selectors narwhals._pandas_like.series narwhals._pandas_like.series_cat narwhals._pandas_like.series_dt
narwhals._pandas_like.series_list narwhals._pandas_like.series_map narwhals._pandas_like.series_str
narwhals._pandas_like.series_struct narwhals._pandas_like.typing narwhals._pandas_like.utils narwhals._polars
narwhals._polars.dataframe narwhals._polars.expr narwhals._polars.namespace narwhals._polars.series narwhals._polars.utils
narwhals.group_by narwhals.stable.v1._namespace pandas.core.reshape.reshape polars._utils.udfs pyarrow.acero
pyarrow.vendored.version
""".split()
# Below plotly.graph_objs.
FIGURES = """
box._line box._marker choropleth._marker funnel funnel._marker histogram._cumulative histogram2dcontour._contours
histogram2dcontour._line histogram2dcontour._marker icicle icicle._domain layout._activeselection layout._activeshape layout._grid
layout._image layout._map layout._margin layout._modebar layout._newselection layout._newshape layout._selection layout._slider
layout._smith layout._transition layout._uniformtext layout._updatemenu layout.annotation layout.annotation._font
layout.coloraxis.colorbar layout.coloraxis.colorbar._title layout.geo layout.geo._center layout.geo._domain layout.geo._projection
layout.map layout.map._center layout.map._domain layout.polar._domain layout.scene._domain layout.scene.xaxis
layout.scene.xaxis._title layout.scene.yaxis layout.scene.yaxis._title layout.scene.zaxis layout.scene.zaxis._title layout.slider
layout.slider._currentvalue layout.slider._pad layout.slider._step layout.ternary._domain layout.ternary.aaxis
layout.ternary.aaxis._title layout.ternary.baxis layout.ternary.baxis._title layout.ternary.caxis layout.ternary.caxis._title
layout.updatemenu layout.updatemenu._button layout.updatemenu._pad layout.xaxis._rangeslider parcats parcats._dimension
parcats._domain parcoords._dimension parcoords._domain pie._domain pie._marker scatter._line scatter._marker scatter.marker
scatter.marker._line scattergl.marker._line scatterpolar._line splom splom._dimension splom._marker splom.dimension
splom.dimension._axis sunburst sunburst._domain treemap treemap._domain violin violin._box violin._marker
""".split()
LATE_STATISTICS = """
narwhals.stable.v2._namespace sklearn.utils._pprint
""".split()
