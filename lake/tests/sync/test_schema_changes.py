from __future__ import annotations

import pytest

COMPLETE = {
    "type": "TRACE",
    "trace": {
        "type": "STREAM_STATUS",
        "emitted_at": 1,
        "stream_status": {"stream_descriptor": {"name": "orders"}, "status": "COMPLETE"},
    },
}
QUARANTINE = "lake.shop.orders__quarantine"
INT, NUM, TEXT = {"type": "integer"}, {"type": "number"}, {"type": ["null", "string"]}


def state(number):
    stream = {"stream_descriptor": {"name": "orders"}, "stream_state": {"id": number}}
    return {"type": "STATE", "state": {"type": "STREAM", "stream": stream}}


@pytest.fixture
def first(world, record):
    """A table with id and price as integers, and a row in it."""
    world.run(
        {"properties": {"id": INT, "price": INT}, "steps": [record(id=1, price=10), state(1), COMPLETE]}, sync_id="s0"
    )
    world.events.clear()


def changes(world):
    return [change for event in world.named("schema_change") for change in event["changes"]]


def second(world, properties, records, policy, **more):
    steps = [*records, state(2), COMPLETE]
    return world.run({"properties": properties, "steps": steps}, on_schema_change=policy, **more)


class TestANewColumnOfTheSchema:
    PROPERTIES = {"id": INT, "price": INT, "note": TEXT}

    def test_evolve_adds_it(self, world, record, first):
        second(world, self.PROPERTIES, [record(id=2, price=20, note="n")], "evolve")
        assert world.rows("id, price, note") == [(1, 10, None), (2, 20, "n")]
        assert changes(world) == [{"kind": "added", "column": "note", "action": "evolved", "to": "varchar"}]
        assert "note" in [column["name"] for column in world.lake.describe("lake.shop.orders")["columns"]]

    def test_freeze_refuses_the_sync_and_keeps_the_table(self, world, record, first):
        steps = {"properties": self.PROPERTIES, "steps": [record(id=2, price=20, note="n"), COMPLETE]}
        failure = world.fail(steps, on_schema_change="freeze")
        assert failure.code == "conflict"
        assert "'note' is new" in failure.message
        assert world.rows("id") == [(1,)]

    def test_discard_value_leaves_it_out(self, world, record, first):
        second(world, self.PROPERTIES, [record(id=2, price=20, note="n")], "discard_value")
        assert world.rows("id, price") == [(1, 10), (2, 20)]
        assert [column["name"] for column in world.lake.describe("lake.shop.orders")["columns"]] == [
            "id",
            "price",
            "_extracted_at",
        ]

    def test_discard_row_drops_the_rows_that_have_it(self, world, record, first):
        result = second(
            world, self.PROPERTIES, [record(id=2, price=20, note="n"), record(id=3, price=30, note=None)], "discard_row"
        )
        assert world.rows("id") == [(1,), (3,)]
        assert result["rejected_rows"] == 1

    def test_quarantine_keeps_the_rows_beside_the_table(self, world, record, first):
        second(world, self.PROPERTIES, [record(id=2, price=20, note="n"), record(id=3, price=30)], "quarantine")
        assert world.rows("id") == [(1,), (3,)]
        assert world.rows("_record, _reason, _stream", QUARANTINE) == [
            ('{"id":2,"price":20,"note":"n"}', "note: no such column", "orders")
        ]


class TestAFieldThatNoSchemaDeclares:
    PROPERTIES = {"id": INT, "price": INT}

    def test_evolve_adds_it_with_the_type_of_its_values(self, world, record, first):
        second(world, self.PROPERTIES, [record(id=2, price=1, size=4), record(id=3, price=2, tags={"a": 1})], "evolve")
        assert world.rows("id, size, tags") == [(1, None, None), (2, 4, None), (3, None, '{"a":1}')]
        assert [change["column"] for change in changes(world)] == ["size", "tags"]

    def test_the_column_goes_on_being_filled_at_the_next_sync(self, world, record, first):
        second(world, self.PROPERTIES, [record(id=2, price=1, size=4)], "evolve")
        second(world, self.PROPERTIES, [record(id=3, price=1, size=5)], "evolve", sync_id="s2")
        assert world.rows("id, size") == [(1, None), (2, 4), (3, 5)]
        assert len(changes(world)) == 1

    @pytest.mark.parametrize("before", [{"price": 1}, {}])
    def test_it_is_seen_wherever_in_a_chunk_it_first_comes(self, world, record, first, before):
        records = [record(id=2, price=1), record(id=3, **before), record(id=4, price=1, size=4), record(id=5, price=1)]
        second(world, self.PROPERTIES, records, "evolve")
        assert world.rows("id, size") == [(1, None), (2, None), (3, None), (4, 4), (5, None)]

    def test_freeze_refuses_it(self, world, record, first):
        failure = world.fail(
            {"properties": self.PROPERTIES, "steps": [record(id=2, price=1, size=4), COMPLETE]},
            on_schema_change="freeze",
        )
        assert "'size' is new" in failure.message


class TestAValueThatDoesNotFit:
    PROPERTIES = {"id": INT, "price": INT}

    @pytest.mark.parametrize("value", [1.5, "many", {"a": 1}, True, 2**70])
    def test_evolve_keeps_it_as_text_beside_its_column(self, world, record, first, value):
        second(world, self.PROPERTIES, [record(id=2, price=value), record(id=3, price=30)], "evolve")
        kept = world.rows("id, price, price__text")
        assert [row[:2] for row in kept] == [(1, 10), (2, None), (3, 30)]
        assert kept[1][2] is not None
        assert changes(world)[0]["kind"] == "value_mismatch"

    def test_a_null_and_an_absent_value_are_no_mismatch(self, world, record, first):
        result = second(world, self.PROPERTIES, [record(id=2, price=None), record(id=3)], "quarantine")
        assert world.rows("id, price") == [(1, 10), (2, None), (3, None)]
        assert result["rejected_rows"] == 0

    def test_freeze_fails_naming_the_column(self, world, record, first):
        script = {"properties": self.PROPERTIES, "steps": [record(id=2, price="x"), COMPLETE]}
        failure = world.fail(script, on_schema_change="freeze")
        assert "'price' has values of another type" in failure.message

    def test_discard_value_makes_it_empty_and_says_so(self, world, record, first):
        second(world, self.PROPERTIES, [record(id=2, price="x")], "discard_value")
        assert world.rows("id, price") == [(1, 10), (2, None)]
        assert changes(world)[0]["action"] == "value_discarded"

    def test_quarantine_keeps_the_row_whole(self, world, record, first):
        second(world, self.PROPERTIES, [record(id=2, price="x"), record(id=3, price=3)], "quarantine")
        assert world.rows("id, price") == [(1, 10), (3, 3)]
        assert world.rows("_record, _reason", QUARANTINE) == [('{"id":2,"price":"x"}', "price: not bigint")]


class TestAnotherTypeInTheSchema:
    PROPERTIES = {"id": INT, "price": TEXT}

    def test_evolve_gives_it_a_column_beside_the_old_one(self, world, record, first):
        second(world, self.PROPERTIES, [record(id=2, price="ten")], "evolve")
        assert world.rows("id, price, price__text") == [(1, 10, None), (2, None, "ten")]
        assert changes(world)[0] | {} == {
            "kind": "type_changed",
            "column": "price",
            "action": "evolved",
            "into": "price__text",
            "from": "bigint",
            "to": "varchar",
        }

    def test_a_full_refresh_changes_the_column_itself(self, world, record, first):
        full = {"sync_mode": "full_refresh"}
        second(world, self.PROPERTIES, [record(id=2, price="ten")], "evolve", stream=full)
        assert world.rows("id, price") == [(2, "ten")]

    def test_quarantine_takes_what_is_not_of_the_old_type(self, world, record, first):
        second(world, self.PROPERTIES, [record(id=2, price="ten"), record(id=3, price="30")], "quarantine")
        assert world.rows("id, price") == [(1, 10), (3, 30)]

    def test_freeze_refuses_it(self, world, record, first):
        failure = world.fail({"properties": self.PROPERTIES, "steps": [COMPLETE]}, on_schema_change="freeze")
        assert "'price' has another type" in failure.message


class TestAColumnThatIsGone:
    def test_its_values_stay_and_new_rows_have_none(self, world, record, first):
        second(world, {"id": INT}, [record(id=2)], "evolve")
        assert world.rows("id, price") == [(1, 10), (2, None)]
        assert changes(world) == [{"kind": "removed", "column": "price", "action": "kept_null"}]

    def test_freeze_refuses_it(self, world, record, first):
        failure = world.fail({"properties": {"id": INT}, "steps": [COMPLETE]}, on_schema_change="freeze")
        assert "'price' is gone" in failure.message


def test_names_of_any_script_with_quotes_and_of_differing_case_work(world, record):
    names = ['größe "x"', "数量", "a.b/c~d", "Id", "it's"]
    properties = {name: INT for name in [*names, "id"]}
    row = {name: number for number, name in enumerate(names, 2)}
    world.run(
        {"properties": properties, "steps": [record(id=1, **row), COMPLETE]}, stream={"sync_mode": "full_refresh"}
    )
    columns = ['"größe ""x"""', '"数量"', '"a.b/c~d"', '"Id"', '"it\'s"', '"id_2"']
    found = world.rows(", ".join(columns))
    assert found == [(2, 3, 4, 5, 6, 1)]
