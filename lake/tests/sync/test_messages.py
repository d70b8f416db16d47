from __future__ import annotations

import json

import pytest

from workbench_sync.airbyte.older_forms import current_form
from workbench_sync.airbyte.routing import Message, Records, Router, Text
from workbench_sync.events import Events
from workbench_sync.failure import SyncFailure
from workbench_sync.mapping import destination_names, merge_key

RECORD = b'{"type":"RECORD","record":{"stream":"a","data":{"x":"{\\"type\\":\\"STATE\\"}"},"emitted_at":1}}\n'
SPACED = b'{"record": {"stream": "a", "data": {"x": 1}, "emitted_at": 1}, "type": "RECORD"}\n'
LOG = b'{"type":"LOG","log":{"level":"INFO","message":"m"}}\n'


@pytest.mark.parametrize("size", [1, 7, 50, 10_000])
def test_lines_come_out_in_order_however_the_blocks_are_cut(size):
    output = RECORD + RECORD + LOG + SPACED + b"words\n" + RECORD
    router, items = Router(), []
    for start in range(0, len(output), size):
        items += router.feed(output[start : start + size])
    items += router.end()
    records = b"".join(item.data for item in items if isinstance(item, Records))
    assert records == RECORD + RECORD + SPACED + RECORD
    assert sum(item.rows for item in items if isinstance(item, Records)) == 4
    assert [item.line for item in items if isinstance(item, Text)] == ["words"]
    assert sum(isinstance(item, Message) for item in items) == 1


def test_a_message_that_was_cut_off_at_the_end_is_no_record():
    router = Router()
    items = [*router.feed(RECORD + RECORD[:30]), *router.end()]
    assert [type(item) for item in items] == [Records, Text]


def test_a_secret_is_masked_in_every_spelling():
    told: list[str] = []
    key = '{"private_key": "-----BEGIN\\nabcdefghij\\n-----END", "project": "shop"}'
    events = Events(told.append, ['pass"word', key])
    events.log("info", 'a pass"word and ' + json.dumps('pass"word') + " and abcdefghij of shop")
    events.emit("result", nested=[{"k": 'pass"word'}])
    assert "word" not in told[0].replace("pass", "")
    assert "abcdefghij" not in told[0]
    assert "of shop" in told[0]
    assert json.loads(told[1])["nested"] == [{"k": "******"}]


def test_progress_is_told_at_once_for_a_new_phase_and_else_once_a_second():
    told: list[str] = []
    now = iter([0.0, 0.2, 0.4, 1.3])
    events = Events(told.append, clock=lambda: next(now))
    for phase in ("reading", "reading", "committing", "committing"):
        events.progress(phase, rows=1)
    assert [json.loads(line)["phase"] for line in told] == ["reading", "committing"]


def test_keys_are_renamed_and_told_apart():
    assert destination_names(["pagePath", "Id", "id"], {"pagePath": "page_url"}) == {
        "pagePath": "page_url",
        "Id": "Id",
        "id": "id_2",
    }


@pytest.mark.parametrize(("keys", "mapping"), [(["a", "b"], {"a": "b"}), (["_extracted_at"], {})])
def test_two_keys_in_one_column_are_refused(keys, mapping):
    with pytest.raises(SyncFailure) as caught:
        destination_names(keys, mapping)
    assert caught.value.code == "invalid_input"


def test_a_stream_without_the_key_goes_by_its_own():
    assert merge_key(["date"], ["date"], ["id"]) == (["date"], None)
    key, warning = merge_key(["date", "page"], ["date", "id"], ["id"])
    assert key == ["id"]
    assert "page" in (warning or "")
    assert merge_key([], ["id"], ["id"]) == ([], None)


def test_an_older_form_of_a_configuration_is_brought_up_to_date():
    older = {"property_id": "properties/349871234", "credentials": {"credentials_json": "{}"}}
    assert current_form("source-google-analytics-data-api", older) == {
        "property_ids": ["349871234"],
        "credentials": {"auth_type": "Service", "credentials_json": "{}"},
    }
    assert current_form("source-faker", older) == older
