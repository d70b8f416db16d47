import sys

from workbench_sync.airbyte.connector_process import ConnectorProcess, Limits
from workbench_sync.events import Events

LATE = "import time; time.sleep(0.7); print('the last words')"


def test_what_a_connector_says_right_before_its_end_is_read(monkeypatch, tmp_path):
    script = tmp_path / "late.py"
    script.write_text(LATE)
    with ConnectorProcess([sys.executable, str(script)], "read", {}, Limits(), Events(lambda _: None, [])) as process:
        # It ends between the look at its output, half a second after its start, and the look at itself.
        monkeypatch.setattr(process._process, "poll", lambda: process._process.wait())
        assert b"".join(process.blocks()) == b"the last words\n"
