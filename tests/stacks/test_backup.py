"""Where an Environment sends backups, for how long and for whom, and what it refuses of that."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stacks import places
from stacks.environment import Backup

Change = tuple[str, str]
Refused = Callable[..., list[str]]

RECIPIENT = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
LOCATIONS = "write one of ash, fsn1, hel1, hil, nbg1, sin"
REFUSED: dict[str, tuple[str, Change, str]] = {
    "backup to nowhere": (
        "dev",
        ('to=("fsn1",)', 'to=("moon",)'),
        (
            "backup.to.0: 'moon' is no location of Hetzner and no region of AWS: "
            f"write one of {', '.join(sorted({*places.HETZNER_LOCATIONS, *places.AWS_REGIONS}))} "
            "(stacks/places.py)"
        ),
    ),
    "copies to a region that is not pinned": (
        "aws-us",
        ('to=("us-west-2",)', 'to=("us-west-2", "us-west-1")'),
        "backup.to: us-west-1 is not the region that copies go to: write us-west-2, as cloud does",
    ),
    "copies nowhere": ("aws-us", ('to=("us-west-2",)', "to=()"), "backup.to: it is empty: name at least one"),
    "recipients where there is a key of KMS": (
        "aws-us",
        ("hour=8", f"hour=8, recipients=({RECIPIENT!r},)"),
        "backup.recipients: AWS Backup encrypts with a key of KMS: leave them out",
    ),
    "box twice": (
        "hetzner-de",
        ('to=("nbg1", "fsn1")', 'to=("fsn1", "fsn1")'),
        "backup.to: fsn1 is named twice: name it once",
    ),
    "nobody could restore": (
        "dev",
        ("recipients=RECIPIENTS", "recipients=()"),
        "backup.recipients: nobody could restore: name the public keys of age of those who can",
    ),
    "one key to lose": (
        "hetzner-de",
        ("recipients=RECIPIENTS", "recipients=RECIPIENTS[:1]"),
        "backup.recipients: with one private key every backup would be lost: name a second public key",
    ),
    "one key twice": (
        "hetzner-de",
        ("recipients=RECIPIENTS", f"recipients=({RECIPIENT!r}, {RECIPIENT!r})"),
        f"backup.recipients: {RECIPIENT} is named twice: name it once",
    ),
    "slip in a recipient": (
        "dev",
        ("recipients=RECIPIENTS", f"recipients=({RECIPIENT[:-1] + 'q'!r},)"),
        (
            f"backup.recipients.0: {RECIPIENT[:-1] + 'q'!r} is no public key of age: "
            "write the whole of what age-keygen prints, age1..."
        ),
    ),
    "copies to a region at Hetzner": (
        "hetzner-de",
        ('to=("nbg1", "fsn1")', 'to=("nbg1", "fsn1", "eu-central-1")'),
        "backup.to: eu-central-1 is no location of Hetzner: " + LOCATIONS,
    ),
    "floor above ceiling": (
        "dev",
        ("(7, 14)", "(14, 7)"),
        ("backup.keep_days: the floor, 14 days, is above the ceiling, 7 days: write the floor first, then the ceiling"),
    ),
}


@pytest.mark.parametrize(("stack", "change", "said"), REFUSED.values(), ids=REFUSED)
def test_refused(refused: Refused, stack: str, change: Change, said: str) -> None:
    """One mistake in the backup of a real stack is said to be that one, and nothing else is."""
    assert refused(stack, change) == [said]


def test_all_mistakes_of_a_backup_at_once(refused: Refused) -> None:
    """A place of the other cloud and a lone recipient are told together."""
    assert refused(
        "hetzner-fi",
        ('to=("fsn1",)', 'to=("fsn1", "us-east-1")'),
        ("recipients=RECIPIENTS", "recipients=RECIPIENTS[1:]"),
    ) == [
        "backup.recipients: with one private key every backup would be lost: name a second public key",
        f"backup.to: us-east-1 is no location of Hetzner: {LOCATIONS}",
    ]


@given(st.lists(st.sampled_from(sorted(places.HETZNER_LOCATIONS)), min_size=1, unique=True))
def test_a_host_sends_its_backups_to_another_place(to: list[str]) -> None:
    """To the first one that is not its own; to its own only where no other is declared."""
    backup = Backup(to=tuple(to), keep_days=(1, 2), hour=3)
    for place in places.HETZNER_LOCATIONS:
        others = [other for other in to if other != place]
        assert backup.destination(place) == (others or [place])[0]
