"""The policy pack on the real engine, in a project that is not its own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.operator import Done, Operator, desk
from tests.engine.test_lifecycle import BASELINE
from tests.engine.test_pack import configured, levels, shown
from tests.engine.test_pack_reading import registers, volume


@pytest.fixture
def foreign(tmp_path: Path, host: Path) -> Iterator[Operator]:
    """An operator with another project than the pack's, which has a volume in Germany."""
    with desk(tmp_path, host, Path(__file__).with_name("generated")) as found:
        found.init("dev")
        registers(found, volume("orders"))
        yield found


def checked(operator: Operator, *options: str) -> set[str]:
    """The rules that block by `baseline check --preview`."""
    file = operator.folder / "preview.json"
    file.write_text(json.dumps(operator.preview("dev")), encoding="utf-8")
    done = subprocess.run(
        [BASELINE, "check", "--preview", file, "--project", operator.project, "--format", "json", *options],
        capture_output=True,
        text=True,
        check=False,
    )
    (stack,) = json.loads(done.stdout)["stacks"]
    return {found["rule"] for found in stack["findings"] if found["level"] == "error" and not found["statement"]}


def judged(done: Done) -> set[str]:
    """The rules that block by the pack, which has judged."""
    assert done.code != 0
    assert "not judged" not in done.said, done.said
    return levels(done, "mandatory")


def test_a_foreign_project_is_judged_as_by_the_command_line(foreign: Operator) -> None:
    """By what its own auditors declare or the configuration says; what nobody says is unknown."""
    done = shown(foreign)
    assert judged(done) == checked(foreign)
    assert "store_outside_countries" in judged(done)

    done = shown(foreign, *configured(foreign, judged={"allowCountries": ["DE"]}))
    assert judged(done) == checked(foreign, "--allow-countries", "DE")
    assert "store_outside_countries" not in judged(done)

    declared = foreign.project / "policies" / "declared" / "residency.toml"
    declared.parent.mkdir(parents=True)
    declared.write_text('[dev]\ncountries = ["FI"]\nreason = "The contract says so."\n', encoding="utf-8")
    done = shown(foreign, *configured(foreign, judged={"allowCountries": ["DE"]}))
    assert judged(done) == checked(foreign)
    assert "store_outside_countries" in judged(done)


@pytest.mark.parametrize("main", ["program", "../program"], ids=["below", "beside"])
def test_a_program_that_lies_elsewhere(foreign: Operator, main: str) -> None:
    """The project is found above its program; where it is not, the configuration names it, and nothing passes."""
    folder = foreign.project / main
    folder.mkdir()
    for name in ("__main__.py", "spec.json"):
        (foreign.project / name).rename(folder / name)
    with (foreign.project / "Pulumi.yaml").open("a", encoding="utf-8") as file:
        file.write(f"main: {main}\n")
    done = shown(foreign)
    if main.startswith(".."):
        assert done.code != 0
        assert "not judged: the engine runs the project generated, and its program runs in " in done.said
        assert "--policy-pack-config FILE" in done.said
        done = shown(foreign, *configured(foreign, judged={"project": str(foreign.project)}))
    assert judged(done) == checked(foreign)


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"project": "/nowhere"}, "judged.project names /nowhere, where no Pulumi.yaml bears that name"),
        ({"allowCountries": ["XX"]}, "judged.allowCountries: XX is no ISO 3166 country code"),
    ],
)
def test_a_configuration_that_cannot_be_followed(foreign: Operator, config: dict[str, object], words: str) -> None:
    """It blocks, and says what to correct."""
    done = shown(foreign, *configured(foreign, judged=config))
    assert done.code != 0
    assert "not judged: " in done.said
    assert words in done.said
