"""How secrets look: the inputs that hold them, and the marks by which they are known inside documents."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from baseline.graph import ARCHIVE, ASSET, NOT_OBSERVABLE, WRITTEN_OUT, Ref, Resource, Undecidable

_LAST_WORDS: Final = frozenset({"passphrase", "passwd", "password", "passwords", "pgpassword", "secret", "token"})
_LAST_TWO_WORDS: Final = frozenset(
    {
        *(
            f"{kind} key"
            for kind in ("api", "encryption", "master", "preshared", "private", "secret", "shared", "signing")
        ),
        *(f"secret {kind}" for kind in ("access", "binary", "string")),
        "access secret",
        "auth string",
    }
)
_LAST_THREE_WORDS: Final = frozenset({"secret access key", "pre shared key", "material base 64"})
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

SECRET_INPUTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "aws:amplify/app:App": ("autoBranchCreationConfig.basicAuthCredentials", "basicAuthCredentials"),
        "aws:amplify/branch:Branch": ("basicAuthCredentials",),
        "aws:cloudwatch/eventConnection:EventConnection": ("authParameters.apiKey.value",),
        "aws:ec2/vpnConnection:VpnConnection": ("tunnel1PresharedKey", "tunnel2PresharedKey"),
        "aws:kms/ciphertext:Ciphertext": ("plaintext", "plaintextWo"),
        "aws:secretsmanager/secretVersion:SecretVersion": ("secretBinary", "secretString"),
    }
)
"""Type -> inputs that hold a secret although, or whatever, their names say."""

MAPPINGS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "aws:amplify/app:App": ("autoBranchCreationConfig.environmentVariables", "environmentVariables"),
        "aws:amplify/branch:Branch": ("environmentVariables",),
        "aws:apigateway/stage:Stage": ("canarySettings.stageVariableOverrides", "variables"),
        "aws:apigatewayv2/stage:Stage": ("stageVariables",),
        "aws:lambda/function:Function": ("environment.variables",),
        "aws:mskconnect/connector:Connector": ("connectorConfiguration",),
        "aws:cognito/identityProvider:IdentityProvider": ("providerDetails",),
        "aws:sagemaker/model:Model": ("containers.environment", "primaryContainer.environment"),
        "aws:servicediscovery/instance:Instance": ("attributes",),
    },
)
"""Type -> the inputs whose own keys say which of their values are secrets."""

PAIRS: Final[Mapping[str, tuple[tuple[str, str, str], ...]]] = MappingProxyType(
    {
        "aws:batch/jobDefinition:JobDefinition": tuple(
            (f"eksProperties.podProperties.{kind}.envs", "name", "value") for kind in ("containers", "initContainers")
        ),
        "aws:codebuild/project:Project": (("environment.environmentVariables", "name", "value"),),
        "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate": (("settings", "name", "value"),),
        "aws:elasticbeanstalk/environment:Environment": (("settings", "name", "value"),),
        "aws:iot/topicRule:TopicRule": tuple(
            (f"{kind}.{headers}", "key", "value")
            for kind, headers in (
                ("errorAction.http", "httpHeaders"),
                ("errorAction.kafka", "headers"),
                ("https", "httpHeaders"),
                ("kafkas", "headers"),
            )
        ),
    }
)
"""Type -> each list of blocks of which one input names a variable and another one holds its value."""

_KEPT_ELSEWHERE: Final = frozenset({"PARAMETER_STORE", "SECRETS_MANAGER"})
"""Variables of CodeBuild of these types only say where their value is kept."""

SECRET_OUTPUTS: Final = frozenset(
    {
        "random:index/randomBytes:RandomBytes",
        "random:index/randomPassword:RandomPassword",
        "tls:index/privateKey:PrivateKey",
    }
)
"""Types whose generated output Pulumi itself keeps as a secret, and so whatever is made of it."""

DOCUMENTS: Final = frozenset({"containerDefinitions", "content", "contentBase64", "userData", "userDataBase64"})
"""Inputs that hold whole documents, in which a secret may stand anywhere."""

DOCUMENTS_OF: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "aws:batch/jobDefinition:JobDefinition": ("containerProperties", "ecsProperties", "nodeProperties"),
        "aws:ec2/spotFleetRequest:SpotFleetRequest": ("launchSpecifications.userData",),
        "aws:eks/addon:Addon": ("configurationValues",),
        "aws:lambda/function:Function": ("code",),
        "aws:lambda/invocation:Invocation": ("input",),
        "aws:lambda/layerVersion:LayerVersion": ("code",),
        "aws:mskconnect/workerConfiguration:WorkerConfiguration": ("propertiesFileContent",),
        "aws:s3/bucketObject:BucketObject": ("source",),
        "aws:s3/bucketObjectv2:BucketObjectv2": ("source",),
    }
)
"""Type -> further such inputs, whose names mean something else elsewhere. Source: pulumi-aws 7.51.1, 2026-11-26."""

USER_DATA: Final = frozenset({"userData", "userDataBase64"})
"""Documents that the host's metadata address shows to every process, marked as a secret or not."""


@lru_cache(maxsize=4096)
def names_a_secret(key: str) -> bool:
    """Whether an input or variable of this name holds a secret: judged by its last words (`dbPassword`, `API_KEY`)."""
    words = [word.lower() for word in _WORDS.findall(key)]
    return bool(words) and (
        words[-1] in _LAST_WORDS or " ".join(words[-2:]) in _LAST_TWO_WORDS or " ".join(words[-3:]) in _LAST_THREE_WORDS
    )


def secret_inputs(resource: Resource) -> Iterator[tuple[str, Any]]:
    """(path, value) of every input that is there to hold a secret."""
    for path in SECRET_INPUTS.get(resource.type, ()):
        if (value := resource.at(path)) is not None and not names_a_secret(path.rpartition(".")[2]):
            yield path, value
    for mapping in MAPPINGS.get(resource.type, ()):
        yield from ((at, value) for at, value in _through(resource.inputs, mapping) if isinstance(value, _NOBODY_KNOWS))
    for pairs in PAIRS.get(resource.type, ()):
        yield from _paired(resource, *pairs)
    if resource.type == "aws:ssm/parameter:Parameter":
        yield from _parameter(resource)
    yield from _named(resource.inputs, "")


def documents(resource: Resource) -> Iterator[tuple[str, Any]]:
    """(path, value) of every input that holds a whole document."""
    yield from ((path, resource.inputs[path]) for path in sorted(DOCUMENTS & resource.inputs.keys()))
    for path in DOCUMENTS_OF.get(resource.type, ()):
        yield from _through(resource.inputs, path)


def files(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """(path, text) of every file among some inputs; NOT_OBSERVABLE where an input only says where it lies."""
    if type(value) is list:
        for index, item in enumerate(value):
            if type(item) in _NESTED:
                yield from files(item, f"{at}.{index}" if at else str(index))
    elif len(value) == 1 and (ASSET in value or ARCHIVE in value):
        (said,) = value.values()
        yield from _file(at, said)
    else:
        for key, item in value.items():
            if type(item) in _NESTED:
                yield from files(item, f"{at}.{key}" if at else key)


def _file(at: str, said: Any) -> Iterator[tuple[str, Any]]:
    text, parts = (said.get("text"), said.get("assets")) if type(said) is dict else (said, None)
    if isinstance(text, _READ):
        yield at, text
    elif type(parts) is dict:
        yield from files(parts, at)
    else:
        yield at, parts if isinstance(parts, _NOBODY_KNOWS) else NOT_OBSERVABLE


def _paired(resource: Resource, path: str, key: str, value: str) -> Iterator[tuple[str, Any]]:
    """The values whose names say that they are secrets; a name or block that nobody knows may say it."""
    for at, block in _through(resource.inputs, path):
        if isinstance(block, _NOBODY_KNOWS):
            yield at, block
        elif isinstance(block, dict) and block.get(value) is not None and block.get("type") not in _KEPT_ELSEWHERE:
            name, kind = block.get(key), block.get("type")
            if isinstance(name, str) and names_a_secret(name):
                yield f"{at}.{value}", kind if isinstance(kind, _NOBODY_KNOWS) else block[value]
            elif isinstance(name, _NOBODY_KNOWS):
                yield f"{at}.{value}", name


def _through(value: Any, path: str, at: str = "") -> Iterator[tuple[str, Any]]:
    """Each value at a dotted path; lists are entered, and what is undecided on the way stands for all behind it."""
    if isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _through(item, path, f"{at}.{index}" if at else str(index))
    elif value is not None and (not path or isinstance(value, _NOBODY_KNOWS)):
        yield at, value
    elif isinstance(value, dict):
        step, _, rest = path.partition(".")
        yield from _through(value.get(step), rest, f"{at}.{step}" if at else step)


_NOBODY_KNOWS: Final = (Undecidable, Ref)
_READ: Final = (str, Undecidable, Ref)


def _parameter(resource: Resource) -> Iterator[tuple[str, Any]]:
    name = resource.inputs.get("name")
    told = isinstance(name, str) and names_a_secret(name.rpartition("/")[2])
    kind = resource.inputs.get("type")
    doubtful = isinstance(kind, Undecidable | Ref)
    if told or doubtful or kind == "SecureString":
        for path in ("value", "insecureValue"):
            if (value := resource.inputs.get(path)) is not None:
                # Nobody knows whether a plain text is a secret while nobody knows the kind of its parameter.
                plain = isinstance(value, str) or value is WRITTEN_OUT
                yield path, kind if plain and doubtful and not told else value


def _named(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if type(value) is dict:
        for key, item in value.items():
            if type(item) in _NESTED:
                yield from _named(item, f"{path}{key}.")
            if names_a_secret(key) and item is not None and type(item) not in _NO_SECRET:
                if type(item) is list:
                    yield from ((f"{path}{key}.{index}", part) for index, part in enumerate(item))
                else:
                    yield f"{path}{key}", item
    elif type(value) is list:
        for index, item in enumerate(value):
            if type(item) in _NESTED:
                yield from _named(item, f"{path}{index}.")


_NESTED: Final = frozenset({dict, list})
_NO_SECRET: Final = frozenset({dict, bool, int, float})


def points_elsewhere(text: str) -> bool:
    """Whether a text only says where a secret is kept, or nothing at all."""
    return not text.strip() or text.startswith(("arn:", "{{resolve:", "${"))


class _Mark(NamedTuple):
    """How one kind of secret begins, and what it then has to look like. Finding the beginning is what is fast."""

    kind: str
    beginnings: tuple[str, ...]
    pattern: re.Pattern[str]


_MARKS: Final = (
    _Mark("a private key", ("-----BEGIN ",), re.compile(r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----")),
    _Mark("an age identity", ("AGE-SECRET-KEY-1",), re.compile(r"AGE-SECRET-KEY-1[0-9A-Z]{20,}")),
    _Mark("an AWS access key", ("AKIA", "ASIA"), re.compile(r"(?<![A-Z0-9])[A-Z]{4}[A-Z2-7]{16}(?![A-Z0-9])")),
    _Mark(
        "an access token",
        ("ghp_", "gho_", "ghr_", "ghs_", "ghu_", "github_pat_", "glpat-", "xox", "sk_live_", "rk_live_", "pul-", "eyJ"),
        re.compile(
            r"(?<![\w-])(?:gh[oprsu]_[A-Za-z0-9]{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}|xox[abeprs]-[\w-]{10,}"
            r"|[rs]k_live_\w{16,}|pul-[0-9a-f]{40}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,})"
        ),
    ),
    _Mark(
        "a password hash",
        ("$",),
        re.compile(r"\$(?:1|2[aby]|5|6|7|g?y|argon2[a-z]*)\$[./A-Za-z0-9$=,+]{16,}"),
    ),
    _Mark("a password in an address", ("://",), re.compile(r"://[^\s/:@'\"]*:(?![$<{%])[^\s/@'\"]{3,}@")),
    _Mark(
        "a password for chpasswd",
        ("echo ",),
        re.compile(r"echo\s+[\"']?[\w-]+:(?![$<{%])[^\s\"']+[\"']?\s*\|\s*(?:sudo\s+)?chpasswd"),
    ),
)
_ASSIGNED: Final = _Mark(
    "a password or token",
    (
        *("passwd", "password", "passphrase", "secret", "token"),
        *(f"{kind}{joint}key" for kind in ("access", "api", "private", "secret") for joint in ("", "_", "-")),
    ),
    re.compile(
        r"(?:(?<![a-z])token|(?!token)[a-z]+(?:[_-]?key)?)[\"']?[ \t]*[:=][ \t]*[\"']?"
        r"(?!(?:true|false|yes|no|null|none|unset|disabled|enabled|required|optional|prohibit-password|files?)\b)"
        r"[^\s\"'$<{%(\[/*!|>,;#=&~-][^\s\"',;#]{3,}"
    ),
)
"""Looked for in lower case, since names of variables come in all cases."""

_PAIR = re.compile(
    r'"name"\s*:\s*"(?P<name>[^"]*)"\s*,\s*"value"\s*:\s*"(?P<value>[^"]*)"'
    r'|"value"\s*:\s*"(?P<said>[^"]*)"\s*,\s*"name"\s*:\s*"(?P<called>[^"]*)"'
)
"""A variable of a container, as JSON writes it."""

_ENCODED = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}")
_SHORTEST: Final = 40
_MOST_BYTES: Final = 1 << 20


def secrets_in(text: str) -> list[tuple[str, int]]:
    """(kind of secret, line) for each kind found in a document; texts in base64 or gzip inside it are read too.

    Never the secret itself. A line of 0 means inside an encoded part.
    """
    return list(_secrets_in(text))


@lru_cache(maxsize=1024)
def _secrets_in(text: str) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for mark, searched in (*((mark, text) for mark in _MARKS), (_ASSIGNED, text.lower())):
        position = _first(mark, searched)
        if position is not None:
            found[mark.kind] = searched.count("\n", 0, position) + 1
    for pair in _PAIR.finditer(text) if '"value"' in text else ():
        value = pair["value"] or pair["said"]
        if value and names_a_secret(pair["name"] or pair["called"] or "") and not points_elsewhere(value):
            found.setdefault(_ASSIGNED.kind, text.count("\n", 0, pair.start()) + 1)
    for encoded in _encoded_parts(text):
        if (inside := decoded(encoded)) is not None:
            for kind, _ in _secrets_in(inside):
                found.setdefault(kind, 0)
    return tuple(found.items())


def _first(mark: _Mark, text: str) -> int | None:
    """Where a kind of secret first stands in a text."""
    positions = []
    for beginning in mark.beginnings:
        position = text.find(beginning)
        while position >= 0:
            if mark.pattern.match(text, position):
                positions.append(position)
                break
            position = text.find(beginning, position + 1)
    return min(positions, default=None)


def _encoded_parts(text: str) -> Iterator[str]:
    """What may be base64: long words, and runs of them as mail wraps it, with the shorter word at their end."""
    words = text.split()
    if max(map(len, words), default=0) < _SHORTEST:  # most documents hold none, and this is quick to see
        return
    long = dict.fromkeys(index for index, word in enumerate(words) if len(word) >= _SHORTEST)
    for index in long:
        yield from _ENCODED.findall(words[index])
    for first in (index for index in long if index - 1 not in long):
        last = first
        while last + 1 in long:
            last += 1
        yield "".join(words[first : last + 1])
        yield "".join(words[first : last + 2])


def decoded(text: str) -> str | None:
    """The text behind base64, and gzip behind that; None where there is none. At most 1 MiB is unpacked."""
    try:
        data = base64.b64decode(text, validate=True)
        if data[:2] == b"\x1f\x8b":
            data = zlib.decompressobj(wbits=31).decompress(data, _MOST_BYTES)
        inside = data.decode()
    except (binascii.Error, ValueError, zlib.error):
        return None
    return inside if inside and inside != text and inside.isprintable() | ("\n" in inside) else None
