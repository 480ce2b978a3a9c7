"""The sandboxed kernel: an IPython kernel behind a wall, and the process outside that Jupyter talks to."""

from __future__ import annotations
