import polars as pl

answer = birds.lazy().with_columns(d=pl.col("species").replace({"Gentoo": "G"})).collect()

answer
