"""What a sandboxed kernel knows of its own wall, for the status line and `%nexus sandbox`. It is a note, not the wall."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

__all__ = ["About", "here", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The wall of the kernel that this process is."""

    level: str
    missing: tuple[str, ...]
    folder: str
    whole: bool
    notebook: str
    granted: tuple[str, ...] | list[str]
    scratch: str
    memory_mb: int

    @property
    def summary(self) -> str:
        """Say it in a few words."""
        more = len(self.granted)
        return f"level {self.level}; reads its folder" + (f" and {more} granted" if more else "") + ", writes its scratch folder"


here: About | None = None


def text(about: About | None) -> str:
    """Say, as Markdown, what the kernel may do and how to let it do more."""
    if about is None:
        return (
            "This kernel is not walled in: cells do all that you may do. To open a notebook that you do not trust, choose the kernel "
            "“Python (Nexus sandbox)”."
        )
    place = shlex.quote(about.notebook or about.folder)
    folder = f"`{about.folder}`" if about.whole else f"the plain files in `{about.folder}`, which holds your home folder"
    lines = [
        f"- level: {about.level}" + (f", without {'; '.join(about.missing)}" if about.missing else ""),
        f"- reads: Python's installation and {folder}",
        "- granted: " + (", ".join(f"`{path}`" for path in about.granted) or "nothing else"),
        f"- writes: its scratch folder only, `{about.scratch}`",
        f"- memory: {about.memory_mb:,} MB",
        "- network, other programs: none",
        "",
        "A cell cannot grant anything. In a terminal of yours, then restart the kernel:",
        "",
        f"```text\nnexus-jupyter sandbox grant {place} PATH\nnexus-jupyter sandbox save {place}\n```",
    ]
    return "\n".join(lines)
