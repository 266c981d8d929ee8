"""What a program makes up by itself: names, and secrets that Pulumi keeps as such."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TYPES: Final[Mapping[str, str]] = {
    "random:index/randomBytes:RandomBytes": "a generated secret, which Pulumi keeps as one",
    "random:index/randomId:RandomId": "a name",
    "random:index/randomPassword:RandomPassword": "a generated secret, which Pulumi keeps as one",
    "random:index/randomString:RandomString": "a name; what is a secret is made as a RandomPassword",
}
