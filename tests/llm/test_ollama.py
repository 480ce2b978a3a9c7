from __future__ import annotations

import json
import socket
import threading

import httpx
import ollama
import pytest

from nexus_jupyter.context.dataset import Catalog, Dataset
from nexus_jupyter.context.schema import Column, Kind, Role, Schema
from nexus_jupyter.errors import ModelError
from nexus_jupyter.llm.ollama import Ollama, endpoint, sentence
from nexus_jupyter.llm.provider import Options, Prompt, Provider
from nexus_jupyter.llm.scripted import Scripted
from nexus_jupyter.plan.json_schema import json_schema

URL = "http://127.0.0.1:11434"
SCHEMA = {
    "type": "object",
    "properties": {"colour": {"type": "string", "enum": ["red", "green", "blue"]}},
    "required": ["colour"],
    "additionalProperties": False,
}
PROMPT = Prompt(system="You answer in JSON.", text="Question: what colour is grass?", what=("question",))


def _foreign_errors(module):
    return [v for v in vars(module).values() if isinstance(v, type) and issubclass(v, Exception)]


@pytest.mark.parametrize(
    "cls",
    [*_foreign_errors(httpx), *_foreign_errors(ollama), ConnectionError],
    ids=lambda c: f"{c.__module__}.{c.__name__}",
)
def test_every_error_of_the_client_has_a_sentence(cls):
    error = cls.__new__(cls)
    Exception.__init__(error, "boom")
    if cls is ollama.ResponseError:
        error.error, error.status_code = "boom", 500
    said = sentence(error, url=URL)
    assert said is not None
    assert said.endswith((".", "?"))


def test_an_error_that_is_not_the_clients_is_left_alone():
    assert sentence(KeyError("x"), url=URL) is None


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("", URL),
        ("127.0.0.1", URL),
        ("0.0.0.0:9000", "http://127.0.0.1:9000"),
        ("http://localhost:80/", "http://localhost:80"),
        ("[::1]:5", "http://[::1]:5"),
        ("https://ollama.com", "https://ollama.com:443"),
    ],
)
def test_an_address_is_read_as_people_write_it(written, url):
    assert endpoint(written) == url


def test_an_address_that_is_none_is_refused():
    with pytest.raises(ModelError, match="no address"):
        endpoint("127.0.0.1:port")


@pytest.mark.parametrize("host", ["https://ollama.com", "10.1.2.3:11434", "model-box"])
def test_another_machine_is_refused_unless_allowed(host):
    with pytest.raises(ModelError, match="nothing leaves"):
        Ollama("m", host=host)
    assert not Ollama("m", host=host, allow_remote=True).local


def test_a_cloud_model_is_refused_before_anything_is_sent():
    with pytest.raises(ModelError, match="cloud"):
        Ollama("gpt-oss:120b-cloud").complete(PROMPT)


def test_a_silent_server_gets_the_next_step():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{s.getsockname()[1]}"
    with pytest.raises(ModelError, match=rf"does not answer at http://{host}. Start it with `ollama serve`"):
        Ollama("m", host=host).complete(PROMPT)


def test_a_server_that_accepts_and_says_nothing_is_given_up():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        s.listen()
        with pytest.raises(ModelError, match="did not finish in time"):
            Ollama("m", host=f"127.0.0.1:{s.getsockname()[1]}").complete(PROMPT, options=Options(timeout=0.2))


def test_a_silent_server_can_be_left_at_once():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        s.listen()
        provider = Ollama("m", host=f"127.0.0.1:{s.getsockname()[1]}")

        def stop_once_asked() -> None:
            connection, _ = s.accept()
            connection.recv(1)
            provider.stop()

        threading.Thread(target=stop_once_asked, daemon=True).start()
        with pytest.raises(ModelError, match="was stopped"):
            provider.complete(PROMPT, options=Options(timeout=60))


def test_stopping_when_nothing_is_written_does_nothing():
    Ollama("m").stop()
    Scripted(["a"]).stop()
    assert Scripted(["a"]).complete(PROMPT).text == "a"


def test_it_is_a_provider_and_names_its_model():
    provider = Ollama("qwen2.5-coder:1.5b")
    assert isinstance(provider, Provider)
    assert provider.name == "ollama/qwen2.5-coder:1.5b"


@pytest.mark.timeout(300)
def test_a_real_model_writes_json_under_a_schema_and_the_receipt_says_what_it_saw(ollama_host, ollama_model):
    completion = Ollama(ollama_model, host=ollama_host).complete(PROMPT, SCHEMA, options=Options(tokens=60, context=2048, timeout=240))
    assert json.loads(completion.text)["colour"] in {"red", "green", "blue"}
    assert completion.tokens_in > 0
    assert completion.receipt.local
    assert completion.receipt.bytes == len((PROMPT.system + PROMPT.text + json.dumps(SCHEMA)).encode())


@pytest.mark.timeout(300)
def test_a_real_server_takes_the_schema_of_plans(ollama_host, ollama_model):
    columns = [("region", Kind.STRING), ("price", Kind.FLOAT), ('it\'s "odd" — ñ', Kind.INTEGER)]
    table = Schema(tuple(Column(name=n, kind=k, role=Role.CATEGORY) for n, k in columns))
    schema = json_schema(Catalog(datasets=(Dataset(name="sales", schema=table),)))
    prompt = Prompt(system="", text="Plan:")
    try:
        text = Ollama(ollama_model, host=ollama_host).complete(prompt, schema, options=Options(tokens=80, timeout=240)).text
    except ModelError as error:
        # So small a model may write on and on; that the schema was taken is what counts.
        assert "within 80 tokens" in str(error)
    else:
        assert set(json.loads(text)) == {"nodes", "outputs"}


@pytest.mark.timeout(300)
def test_a_real_model_that_does_not_end_is_an_error(ollama_host, ollama_model):
    prompt = Prompt(system="", text="Tell a very long story.")
    with pytest.raises(ModelError, match="within 4 tokens"):
        Ollama(ollama_model, host=ollama_host).complete(prompt, options=Options(tokens=4, context=2048, timeout=240))


def test_a_real_server_names_its_models_when_one_is_unknown(ollama_host, ollama_model):
    with pytest.raises(ModelError, match=ollama_model.split(":", maxsplit=1)[0]):
        Ollama("no-such-model", host=ollama_host).complete(PROMPT)
