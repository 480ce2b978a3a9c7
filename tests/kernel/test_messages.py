"""Messages: read strictly, signed anew."""

from __future__ import annotations

import pytest

from nexus_jupyter.kernel.messages import Key, Message, Unreadable, reply_to

INSIDE, OUTSIDE = Key(b"inside"), Key(b"outside")


def test_a_message_is_signed_with_the_key_of_the_side_that_it_goes_to():
    frames = Message([b"me"], {"msg_type": "status", "msg_id": "1"}, {}, content={"a": 1}, buffers=[b"b"]).frames(INSIDE)
    read = Message.read(frames, INSIDE)
    assert (read.idents, read.kind, read.body(), read.buffers) == ([b"me"], "status", {"a": 1}, [b"b"])
    assert Message.read(read.frames(OUTSIDE), OUTSIDE).body() == {"a": 1}
    with pytest.raises(Unreadable, match="signed"):
        Message.read(frames, OUTSIDE)


def signed(*parts):
    return [b"<IDS|MSG>", INSIDE.sign(list(parts)), *parts]


@pytest.mark.parametrize(
    "frames",
    [
        [],
        [b"<IDS|MSG>"],
        signed(b"{}", b"{}", b"{}")[:-1],
        signed(b"[]", b"{}", b"{}", b"{}"),
        signed(b"{", b"{}", b"{}", b"{}"),
        signed(b"\xff", b"{}", b"{}", b"{}"),
        signed(b"[" * 100_000, b"{}", b"{}", b"{}"),
        signed(b'{"a": ' + b"9" * 10_000 + b"}", b"{}", b"{}", b"{}"),
    ],
    ids=range(8),
)
def test_what_is_no_message_is_not_read(frames):
    with pytest.raises(Unreadable):
        Message.read(frames, INSIDE)


def test_what_was_read_is_what_goes_on():
    read = Message.read(signed(b'{"msg_type": "status", "msg_type": "stream"}', b"{}", b"{}", b'{"x": NaN}'), INSIDE)
    read.body()
    header, content = (read.frames(OUTSIDE)[n] for n in (2, 5))
    assert (header, content) == (b'{"msg_type":"stream"}', b'{"x":null}')


def test_a_reply_goes_to_the_one_who_asked():
    request = Message([b"page"], {"msg_type": "x_request", "msg_id": "7"}, {})
    reply = reply_to(request, "x_reply", {"status": "ok"})
    assert (reply.idents, reply.answers) == ([b"page"], "7")
    assert reply_to(None, "status", {}, topic=b"t").idents == [b"t"]
