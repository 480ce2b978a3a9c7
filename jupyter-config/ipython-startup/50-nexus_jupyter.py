"""Load the `%nexus` magic in every IPython kernel of this environment; ``NEXUS_JUPYTER_AUTOLOAD=0`` turns it off."""

# ruff: noqa: I002 - a future import here would hold for what the user types
import os

if os.environ.get("NEXUS_JUPYTER_AUTOLOAD", "1") != "0":
    try:
        get_ipython().extension_manager.load_extension("nexus_jupyter")  # noqa: F821 - IPython puts it there
    except Exception as error:  # noqa: BLE001 - a broken extension must never keep a kernel from starting
        import logging

        logging.getLogger("nexus_jupyter").warning("Nexus Jupyter could not be loaded: %s", error)
del os
