"""Models on this machine by Ollama's official client."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from nexus_jupyter.errors import ModelError, nearest
from nexus_jupyter.llm.egress import Receipt, is_loopback
from nexus_jupyter.llm.provider import Completion, Options, Prompt
from nexus_jupyter.llm.stoppable import Stoppable

DEFAULT_HOST = "http://127.0.0.1:11434"
DEFAULT_PORT = 11434
NOT_FOUND = 404


def endpoint(host: str) -> str:
    """Make a URL of what people write in `OLLAMA_HOST`: with or without scheme and port; `0.0.0.0` is reached at 127.0.0.1.

    Examples
    --------
    >>> endpoint("127.0.0.1:9000"), endpoint("localhost"), endpoint("")
    ('http://127.0.0.1:9000', 'http://localhost:11434', 'http://127.0.0.1:11434')
    """
    from urllib.parse import urlsplit

    host = host.strip().rstrip("/")
    if not host:
        return DEFAULT_HOST
    try:
        parts = urlsplit(host if "://" in host else f"http://{host}")
        name, port = parts.hostname or "127.0.0.1", parts.port
    except ValueError as error:
        raise ModelError(f"`{host}` is no address of an Ollama server: {error}. Write it as 127.0.0.1:11434.") from None
    name = "127.0.0.1" if name == "0.0.0.0" else f"[{name}]" if ":" in name else name  # noqa: S104 - the address is replaced, not bound
    fallback = {"https": 443}.get(parts.scheme, DEFAULT_PORT)
    return f"{parts.scheme}://{name}:{port or fallback}{parts.path}"


def sentence(error: BaseException, *, url: str, model: str = "", installed: tuple[str, ...] | None = None) -> str | None:
    """Say in one sentence what an error of the client means and what to do; None where it is no error of the client.

    This is the one map between the client's errors, those of httpx under it, and ours.
    """
    import httpx
    import ollama

    if isinstance(error, ollama.ResponseError):
        if error.status_code == NOT_FOUND and model:
            return _unknown(model, url=url, installed=installed or ())
        said = str(error.error)[:300]
        return f"Ollama at {url} answered with status {error.status_code}: {said}. Look at the server's log, or try another model."
    if isinstance(error, (TimeoutError, httpx.TimeoutException)):
        return f"Ollama at {url} did not finish in time. Try a smaller model, or give it longer."
    if isinstance(error, (ConnectionError, httpx.ConnectError)):
        return f"Ollama does not answer at {url}. Start it with `ollama serve`, or say where it is with OLLAMA_HOST."
    if isinstance(error, (httpx.UnsupportedProtocol, httpx.InvalidURL)):
        return f"`{url}` is no address of an Ollama server. Write it as 127.0.0.1:11434."
    if isinstance(error, (httpx.HTTPError, httpx.StreamError, httpx.CookieConflict)):
        return f"The connection to Ollama at {url} broke: {type(error).__name__}. Ask again; if it stays so, restart `ollama serve`."
    if isinstance(error, (ollama.RequestError, ValueError)):
        return f"Ollama at {url} gave an answer that is not understood: {str(error)[:200]}. Is another program listening there?"
    return None


def _unknown(model: str, *, url: str, installed: tuple[str, ...]) -> str:
    if not installed:
        return f"Ollama at {url} has no model yet. Install one with `ollama pull {model}`."
    close = nearest(model, installed)
    hint = f"Did you mean `{close[0]}`?" if close else f"Installed are {', '.join(f'`{m}`' for m in installed[:12])}."
    return f"Ollama at {url} has no model `{model}`. {hint} Or install it with `ollama pull {model}`."


class Ollama:
    """One model of one Ollama server.

    Fails closed: an address that is not this machine is refused unless `allow_remote`, as is a model that the server itself would
    send elsewhere (Ollama's cloud models); redirects are not followed and proxies are not used.

    Examples
    --------
    ========================================  =====================================================
    call                                      meaning
    ========================================  =====================================================
    ``Ollama("qwen2.5-coder:1.5b")``          that model, on this machine, at the usual port
    ``Ollama("…", host="127.0.0.1:9000")``    at another port
    ``Ollama()``                              the only installed model, or a sentence with the names
    ``Ollama("…", host=…, allow_remote=…)``   another machine, because the user asked for it
    ========================================  =====================================================
    """

    def __init__(self, model: str | None = None, *, host: str = "", allow_remote: bool = False, connect_timeout: float = 3.0) -> None:
        self.url = endpoint(host)
        self.local = is_loopback(self.url)
        self._model = model
        self._allow_remote = allow_remote
        self._connect_timeout = connect_timeout
        self._writing = Stoppable()
        if not self.local and not allow_remote:
            raise ModelError(
                f"{self.url} is another machine, and nothing leaves this one unless you allow it. Use 127.0.0.1, or allow remote models.",
            )

    @property
    def name(self) -> str:
        """The provider and the model, such as `ollama/qwen2.5-coder:1.5b`."""
        return f"ollama/{self._model}" if self._model else "ollama"

    def models(self) -> tuple[str, ...]:
        """Name the installed models, newest first as the server lists them."""
        try:
            with self._client(self._connect_timeout) as client:
                return tuple(m.model for m in client.list().models if m.model)
        except Exception as error:  # the map decides; what it does not know goes on as it is
            raise self._translated(error, model="") from error

    def complete(self, prompt: Prompt, schema: Mapping[str, Any] | None = None, *, options: Options | None = None) -> Completion:
        """Write the answer to `prompt` under `schema`.

        Raises
        ------
        ModelError
            When the server is silent, the model is unknown or leaves the machine, the time is over, or the text was cut off.
        """
        options = options or Options()
        model = self._choose()
        self._keep_at_home(model)
        started = time.perf_counter()
        messages = [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.text}]
        settings = {"temperature": options.temperature, "seed": options.seed, "num_predict": options.tokens, "num_ctx": options.context}
        try:
            with self._client(options.timeout) as client:
                parts = client.chat(model=model, messages=messages, format=dict(schema) if schema else None, options=settings, stream=True)
                written = self._writing.run(parts, timeout=options.timeout)
        except Exception as error:
            raise self._translated(error, model=model) from error
        if not written:
            raise ModelError(f"The request to `{model}` was stopped.")
        reply = written[-1]
        if reply.done_reason == "length":
            raise ModelError(f"`{model}` did not come to an end within {options.tokens} tokens. Ask more simply, or choose a larger model.")
        sent = len(prompt.system.encode()) + len(prompt.text.encode()) + (len(json.dumps(schema).encode()) if schema else 0)
        return Completion(
            text="".join(part.message.content or "" for part in written),
            model=model,
            receipt=Receipt(what=prompt.what, bytes=sent, to=self.url, model=model, local=self.local),
            tokens_in=reply.prompt_eval_count or 0,
            tokens_out=reply.eval_count or 0,
            ms=(time.perf_counter() - started) * 1000,
        )

    def stop(self) -> None:
        """Give up the completion that is being written; the server ends it when the connection goes."""
        self._writing.stop()

    def _choose(self) -> str:
        if self._model is None:
            found = self.models()
            if len(found) != 1:
                names = ", ".join(f"`{m}`" for m in found[:12])
                raise ModelError(
                    f"Which model? Installed are {names}. Choose one with --model."
                    if found
                    else _unknown("MODEL", url=self.url, installed=()),
                )
            self._model = found[0]
        return self._model

    def _keep_at_home(self, model: str) -> None:
        """Refuse a model that Ollama would run on somebody else's machine."""
        if self._allow_remote:
            return
        if model.endswith(("-cloud", ":cloud")):
            raise ModelError(
                f"`{model}` runs in Ollama's cloud, and nothing leaves this machine unless you allow it. Choose an installed model.",
            )

    def _client(self, timeout: float) -> Any:
        import httpx
        import ollama

        return ollama.Client(
            self.url,
            timeout=httpx.Timeout(timeout, connect=self._connect_timeout),
            follow_redirects=False,
            trust_env=False,
        )

    def _translated(self, error: Exception, *, model: str) -> Exception:
        import ollama

        installed: tuple[str, ...] | None = None
        if isinstance(error, ollama.ResponseError) and error.status_code == NOT_FOUND and model:
            installed = self.models()
        said = sentence(error, url=self.url, model=model, installed=installed)
        return ModelError(said) if said else error
