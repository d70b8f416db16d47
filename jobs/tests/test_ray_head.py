import pytest

from ray_head import patient


def node_after(refusals: int):
    """A question that is refused so many times."""
    asked = []

    def ask(address: str) -> dict:
        asked.append(address)
        if len(asked) <= refusals:
            raise RuntimeError("not there yet")
        return {"address": address, "asked": len(asked)}

    return ask


def test_a_node_is_waited_for_while_it_lives():
    assert patient(node_after(5), lambda: True, pause_s=0)("here") == {"address": "here", "asked": 6}


def test_a_dead_node_is_not_waited_for():
    lives = iter([True, True, False])
    with pytest.raises(RuntimeError, match="not there yet"):
        patient(node_after(5), lambda: next(lives), pause_s=0)("here")


def test_another_error_is_no_reason_to_wait():
    def ask() -> dict:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        patient(ask, lambda: True, pause_s=0)()
