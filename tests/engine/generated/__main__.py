"""The program of every generated test: it registers what spec.json lists."""

import json
from pathlib import Path
from typing import Any

import pulumi
import pulumi_aws as aws
import pulumi_hcloud as hcloud

MADE: list[Any] = []
PACKAGES = {"aws": aws, "hcloud": hcloud}


class Group(pulumi.ComponentResource):
    """A component around some resources."""

    def __init__(self, name: str, opts: pulumi.ResourceOptions) -> None:
        super().__init__("generated:index:Group", name, None, opts)
        self.register_outputs({})


def value(said: Any) -> Any:
    """A value of the list: plain, a secret, a reference to an earlier resource, or a text around one."""
    if isinstance(said, list):
        return [value(item) for item in said]
    if not isinstance(said, dict):
        return said
    if "$secret" in said:
        # Only who sees a program's files knows a secret that stands in them, so this one comes from elsewhere.
        return pulumi.Config("backup").require_secret(said["$secret"])
    if "$ref" in said:
        return getattr(MADE[said["$ref"]], said["of"])
    if "$number" in said:
        return MADE[said["$number"]].id.apply(int)
    if "$text" in said:
        return pulumi.Output.concat("arn-of:", MADE[said["$text"]].id, "/*")
    return {key: value(item) for key, item in said.items()}


config = pulumi.Config("hcloud")
providers = {
    "aws": aws.Provider("aws", region="eu-central-1", allowed_account_ids=["123456789012"]),
    "hcloud": hcloud.Provider("hcloud", token=config.require_secret("token")),
}
groups: dict[str, Group] = {}
for entry in json.loads(Path(__file__).with_name("spec.json").read_text(encoding="utf-8")):
    package, _, path = entry["class"].partition(".")
    kind: Any = PACKAGES[package]
    for step in path.split("."):
        kind = getattr(kind, step)
    options = pulumi.ResourceOptions(
        provider=providers[package],
        protect=entry["protect"],
        depends_on=[MADE[index] for index in entry["after"]],
        ignore_changes=entry["ignore"],
    )
    if entry["group"]:
        if entry["group"] not in groups:
            groups[entry["group"]] = Group(entry["group"], pulumi.ResourceOptions())
        options.parent = groups[entry["group"]]
    MADE.append(kind(entry["name"], **{key: value(item) for key, item in entry["args"].items()}, opts=options))
pulumi.export("count", len(MADE))
