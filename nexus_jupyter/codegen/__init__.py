"""How a plan is written: one compiler to pandas, polars and Plotly code that a person would keep."""
