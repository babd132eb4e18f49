"""The unit tests of the models, by dbt on the warehouse that a night built: its models are there.

The night itself runs the data tests, and stops at the first that fails.
"""

import json
from pathlib import Path

from doelenboom.settings import PROJECT_DIR
from tests.conftest import RealNight


def test_every_formula_gives_what_its_unit_test_says(real_night: RealNight, tmp_path: Path) -> None:
    copy = real_night.copied_to(tmp_path / "data")
    done = copy.python(
        *("-c", "from dbt.cli.main import cli; cli()"),
        *("test", "--target", "prod", "--select", "test_type:unit", "--quiet", "--no-use-colors"),
        *("--project-dir", str(PROJECT_DIR), "--profiles-dir", str(PROJECT_DIR)),
        *("--target-path", str(tmp_path / "target"), "--log-path", str(tmp_path / "logs")),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    manifest = json.loads((tmp_path / "target" / "manifest.json").read_text(encoding="utf-8"))
    results = json.loads((tmp_path / "target" / "run_results.json").read_text(encoding="utf-8"))
    passed = {r["unique_id"] for r in results["results"] if r["status"] == "pass"}
    assert passed == manifest["unit_tests"].keys()
    assert len(passed) > 20
