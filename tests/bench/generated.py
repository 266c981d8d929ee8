"""Graphs of any size for measuring: the recorded environments over and over, each copy with defects of its own.

    python -m tests.bench.generated FOLDER SIZE...      writes FOLDER/SIZE.json

What real estates have in common is kept: long URNs, policies in JSON, the same user data on many hosts. Each copy is
an environment with accounts of its own, and few share a domain, because what has one name may all be meant by it.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from baseline.graph import Graph, Resource, Settings, encode
from tests.recordings import graphs as recorded

SETTINGS = Settings("s3://state?endpoint=https://nbg1.your-objectstorage.com", "passphrase")

_URN = re.compile(rb'urn:pulumi:[^"]+')
_COPY = b"\0"  # stands in a template for the number of the copy; JSON cannot hold it

_SHARING = 50  # copies under one domain, which stands in user data; all under one, all would fill the same storage box

Change = Callable[[Resource], Resource]


def _with(**inputs: Any) -> Change:
    return lambda resource: msgspec.structs.replace(resource, inputs=resource.inputs | inputs)


def _without(name: str) -> Change:
    return lambda resource: msgspec.structs.replace(
        resource, inputs={key: value for key, value in resource.inputs.items() if key != name}
    )


_SECRET_LINE = "\nruncmd:\n- export API_TOKEN=abcdef123456\n"


def _with_secret(resource: Resource) -> Resource:
    return _with(userData=f"{resource.inputs.get('userData', '')}{_SECRET_LINE}")(resource)


def _unpinned(resource: Resource) -> Resource:
    return msgspec.structs.replace(resource, provider="")


_EVERYTHING = '{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}], "Version": "2012-10-17"}'
_STRANGERS = {"direction": "in", "protocol": "tcp", "port": "22", "sourceIps": ["198.51.100.0/24"]}

# What slips from a hand: of each type of resource, what can be wrong with it.
DEFECTS: Mapping[str, tuple[Change, ...]] = {
    "aws:cloudwatch/logGroup:LogGroup": (_unpinned,),
    "aws:ebs/volume:Volume": (_unpinned,),
    "aws:ec2/instance:Instance": (_with(metadataOptions={"httpTokens": "optional"}), _with_secret),
    "aws:iam/rolePolicy:RolePolicy": (_with(policy=_EVERYTHING),),
    "aws:iam/role:Role": (_without("permissionsBoundary"),),
    "aws:kms/key:Key": (_with(enableKeyRotation=False),),
    "aws:lb/loadBalancer:LoadBalancer": (_with(enableDeletionProtection=False),),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": (
        lambda rule: _with(cidrIpv4="198.51.100.0/24", fromPort=20, toPort=30)(
            _without("referencedSecurityGroupId")(rule)
        ),
    ),
    "hcloud:index/firewall:Firewall": (_with(rules=[_STRANGERS]),),
    "hcloud:index/server:Server": (
        _with(rebuildProtection=False),
        _with(firewallIds=[]),
        _with(location="sin"),
        _with_secret,
    ),
    "hcloud:index/storageBox:StorageBox": (_with(password="correct-horse"),),
    "hcloud:index/volume:Volume": (_with(deleteProtection=False), _unpinned),
}


def write(path: Path, graphs: Mapping[str, Graph], size: int, *, defects: float = 0.05, seed: int = 3) -> None:
    """Writes the Graph of `size` resources, copies of `graphs`; a share of those in DEFECTS has one. Reproducible."""
    frame = encode(Graph(project="bench", stack="bench", resources=(), settings=SETTINGS))
    before, bracket, after = frame.partition(b'"resources":[')
    with path.open("wb") as file:
        file.write(before + bracket)
        for index, copy in enumerate(_copies(graphs, size, defects, random.Random(seed))):
            file.write(b"," * bool(index) + copy)
        file.write(after)


def _copies(graphs: Mapping[str, Graph], size: int, defects: float, chance: random.Random) -> Iterator[bytes]:
    """The resources as JSON, one copy of all graphs at a time."""
    originals = [resource for graph in graphs.values() for resource in graph]
    clean = [_template(resource) for resource in originals]
    spoiled = [[_template(change(resource)) for change in DEFECTS.get(resource.type, ())] for resource in originals]
    accounts = _accounts(originals)
    for copy in range(-(-size // len(originals))):
        part = b",".join(
            chance.choice(wrong) if wrong and chance.random() < defects else right
            for right, wrong in zip(clean[: size - copy * len(originals)], spoiled, strict=False)
        )
        part = part.replace(b"shops.example", b"shops%d.example" % (copy // _SHARING))
        for account in accounts:
            part = part.replace(account, b"%012d" % (int(account) + copy))
        yield part.replace(_COPY, b"-%d" % copy)


def _template(resource: Resource) -> bytes:
    named = msgspec.structs.replace(resource, name="")
    data = encode(Graph(project="", stack="", resources=(named,)))
    data = data.partition(b'"resources":[')[2].rpartition(b'],"outputs"')[0]
    name = b'"name":' + msgspec.json.encode(resource.name)[:-1]
    return _URN.sub(rb"\g<0>" + _COPY, data).replace(b'"name":"', name + _COPY, 1)


def _accounts(resources: list[Resource]) -> list[bytes]:
    """The numbers of the AWS accounts that providers pin."""
    pins = (resource.inputs.get("allowedAccountIds") or () for resource in resources)
    return sorted({str(account).encode() for pin in pins for account in pin})


if __name__ == "__main__":
    for wanted in sys.argv[2:]:
        write(Path(sys.argv[1]) / f"{wanted}.json", recorded(), int(wanted))
