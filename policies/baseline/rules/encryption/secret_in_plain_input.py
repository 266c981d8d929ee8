"""Secrets that stand in a program for anyone to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from baseline.estate import Estate
from baseline.estate.facts.secret_inputs import SECRET_OUTPUTS, USER_DATA
from baseline.estate.facts.secret_marks import in_values, secrets_in
from baseline.estate.facts.secrets import documents, files, points_elsewhere, secret_inputs
from baseline.estate.host_config.document import Opaque
from baseline.estate.host_config.passwords import passwords_in
from baseline.graph import (
    ARCHIVE,
    ASSET,
    NOT_OBSERVABLE,
    SECRET,
    UNKNOWN,
    WRITTEN_OUT,
    Ref,
    Resource,
    Undecidable,
    Undecided,
)
from baseline.rule import Problem, example, fails, not_observable, ref, resource, rule, unknown


def _may_hold_one(item: Resource) -> bool:
    kinds = (secret_inputs(item), documents(item), in_values(item), files(item.inputs))
    return any(True for found in kinds for _ in found)


@rule(
    Resource,
    clauses=("4.1", "5.1"),
    remedy="Keep it in the stack's configuration (`pulumi config set --secret`) or generate it "
    "(random.RandomPassword), pass it as a secret Output, and revoke the one that was exposed. A host fetches "
    "its secrets after it has booted.",
    applies=_may_hold_one,
)
def secret_in_plain_input(item: Resource, estate: Estate) -> Iterator[Problem]:
    """A secret stands in plain text in an input or in user data.

    It is then in the repository, in every preview and in the state; user data can be read by every process of
    the host from its metadata address as well, for as long as the host lives, whatever marks it as a
    secret. Secrets inside base64 or gzip are no less plain. The SDKs mark each password as a secret by themselves,
    so that mark alone proves nothing: a text that stands in the project's own files is plain however it is marked.

    A text that is passed as a file (StringAsset, alone or in an archive) is read like any other. Of a file that an
    input only names (FileAsset, FileArchive, RemoteAsset) no source shows more than where it lies, so this rule cannot
    say that it is clean: whoever scans the repository for secrets answers for it in policies/declared/statements.toml.
    """
    doubts: list[str] = []
    for path, value in secret_inputs(item):
        if _in_plain(value):
            yield Problem(f"{item.name} takes {path} as plain text", path=path)
        elif not isinstance(value, str) and not _kept_secret(value, estate):
            doubts.append(path)
    yield from (
        Problem(f"{path} of {item.name} holds {' and '.join(kinds)}", path=path) for path, kinds in in_values(item)
    )
    hidden: list[str] = []
    for path, document in (*documents(item), *files(item.inputs)):
        if isinstance(document, str):
            yield from _read(item, path, document)
        elif document is NOT_OBSERVABLE:
            hidden.append(path)
        elif isinstance(document, Undecidable | Ref) and (_shown(path) or document not in _MARKED):
            doubts.append(path)
    _leave_no_doubt(item, doubts, hidden)


def _leave_no_doubt(item: Resource, doubts: list[str], hidden: list[str]) -> None:
    """Raises Undecided for the first of what deployment decides, else of what no source shows."""
    if doubts:
        raise Undecided("unknown", doubts[0], _doubt(item, doubts[0]))
    if hidden:
        path = hidden[0]
        raise Undecided("not_observable", path, f"{path} of {item.name} is a file of which no source shows the content")


def _shown(path: str) -> bool:
    return path.rpartition(".")[2] in USER_DATA


def _doubt(item: Resource, path: str) -> str:
    if _shown(path) and item.at(path) in _MARKED:
        why = "cannot be read here, and every process of the host can read it there"
        return f"{path} of {item.name} is marked as a secret as a whole: it {why}"
    return f"whether {path} of {item.name} is a secret is known only after deployment"


def _read(item: Resource, path: str, text: str) -> Iterator[Problem]:
    """What a document holds. Raises Undecided for user data that nobody can take apart."""
    for kind, line in secrets_in(text):
        yield _holds(item, path, kind, line)
    known = {kind for kind, _ in secrets_in(text)}
    try:
        yield from (_holds(item, path, kind, line) for kind, line in passwords_in(text) if kind not in known)
    except Opaque as opaque:
        raise Undecided("unknown", path, f"whether a secret {opaque}, nobody can say of {item.name}") from opaque


def _holds(item: Resource, path: str, kind: str, line: int) -> Problem:
    where = f"in line {line}" if line else "in an encoded part"
    return Problem(f"{path} of {item.name} holds {kind} {where}", path=path)


_MARKED = (SECRET, WRITTEN_OUT)


def _in_plain(value: Any) -> bool:
    return value is WRITTEN_OUT or (isinstance(value, str) and not points_elsewhere(value))


def _kept_secret(value: Any, estate: Estate) -> bool:
    """Whether Pulumi certainly keeps it secret: marked so, or made only of what is generated as a secret."""
    if type(value) is Ref:
        types = {estate.graph.by_urn[urn].type for urn in value.urns if urn in estate.graph.by_urn}
        return bool(types) and types <= SECRET_OUTPUTS
    return value is SECRET


_RANDOM = resource("random:index/randomPassword:RandomPassword", "password", length=32)
_OTHER = resource("aws:ssm/parameter:Parameter", "other", type="String", name="/region", value="eu")
_BOX = "hcloud:index/storageBox:StorageBox"
_OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2"
_SERVER = "hcloud:index/server:Server"

EXAMPLES = (
    example(
        "secrets, generated ones, and words that only look alike",
        _RANDOM,
        resource(_BOX, "marked", password=SECRET),
        resource(_BOX, "generated", password=ref(_RANDOM)),
        resource(
            _SERVER, "web", userData="#cloud-config\nssh_pwauth: false\nlock_passwd: true\npassword_encryption = on\n"
        ),
        resource("aws:rds/instance:Instance", "orders", manageMasterUserPassword=True, masterUserSecretKmsKeyId="key"),
    ),
    example(
        "passwords, keys and secret strings in plain text",
        resource(_BOX, "box", password="correct-horse"),  # noqa: S106
        resource(_BOX, "written", password=WRITTEN_OUT),
        resource("hcloud:index/uploadedCertificate:UploadedCertificate", "edge", privateKey="-----BEGIN"),
        resource("aws:secretsmanager/secretVersion:SecretVersion", "version", secretString="correct-horse"),
        resource("aws:ssm/parameter:Parameter", "parameter", type="SecureString", name="/x", value="correct-horse"),
        resource("aws:lambda/function:Function", "job", environment={"variables": {"DB_PASSWORD": "correct-horse"}}),
        fails("box", "password"),
        fails("written", "password"),
        fails("edge", "privateKey"),
        fails("version", "secretString"),
        fails("parameter", "value"),
        fails("job", "environment.variables.DB_PASSWORD"),
    ),
    example(
        "a private key and a password in user data",
        resource(
            _SERVER, "web", userData="#cloud-config\nwrite_files:\n- content: '-----BEGIN OPENSSH PRIVATE KEY-----'\n"
        ),
        resource("aws:ec2/instance:Instance", "app", userData="#!/bin/sh\nexport API_TOKEN=abcdef123456\n"),
        fails("web", "userData"),
        fails("app", "userData"),
    ),
    example(
        "passwords in the words of cloud-init, and accounts that are locked or get a random one",
        resource(_SERVER, "web", userData="#cloud-config\nchpasswd:\n  list: |\n    root:correct-horse\n"),
        resource(_SERVER, "app", userData='#cloud-config\nusers: [{name: shop, plain_text_passwd: "#horse"}]\n'),
        resource(
            _SERVER,
            "locked",
            userData="#cloud-config\nchpasswd: {list: ['root:RANDOM']}\nusers: [{name: shop, passwd: '!'}]\n",
        ),
        fails("web", "userData"),
        fails("app", "userData"),
    ),
    example(
        "what looks like a secret wherever it stands, and a setting for a connection",
        resource("aws:lambda/function:Function", "job", environment={"variables": {"PAYMENTS": f"sk_live_{'x' * 24}"}}),
        resource("aws:sqs/queue:Queue", "queue", tags={"owner": "postgres://shop:correct-horse@10.0.0.1/shop"}),
        resource(
            "aws:codebuild/project:Project",
            "build",
            environment={"environmentVariables": [{"name": "DATABASE", "value": "Server=db;Password=correct-horse;"}]},
        ),
        fails("job", "environment.variables.PAYMENTS"),
        fails("queue", "tags.owner"),
        fails("build", "environment.environmentVariables.0.value"),
    ),
    example(
        "an access key behind base64 (`export K=AKIA...`), and behind gzip",
        resource("aws:ec2/instance:Instance", "a", userDataBase64="ZXhwb3J0IEs9QUtJQUlPU0ZPRE5ON0VYQU1QTEUK"),
        resource(
            "aws:ec2/instance:Instance",
            "b",
            userDataBase64="H4sIAAAAAAACA0utKMgvKlHwtnX09nT09A9283fx8zN3jXD0DfBx5QIAHmFIzR4AAAA=",
        ),
        fails("a", "userDataBase64"),
        fails("b", "userDataBase64"),
    ),
    example(
        "what deployment decides, beside what is certain",
        _OTHER,
        resource(_BOX, "box", password=ref(_OTHER)),
        resource(_SERVER, "web", userData=UNKNOWN, rootPassword="correct-horse"),
        resource("aws:lambda/function:Function", "job", environment=UNKNOWN),
        resource("aws:lambda/function:Function", "known", environment={"variables": {"STAGE": UNKNOWN}}),
        resource("aws:ssm/parameter:Parameter", "either", type=UNKNOWN, name="/x", value="correct-horse"),
        resource("aws:ssm/parameter:Parameter", "kept", type=UNKNOWN, name="/x", value=SECRET),
        unknown("box", "password"),
        unknown("web", "userData"),
        unknown("job", "environment"),
        unknown("either", "value"),
        fails("web", "rootPassword"),
    ),
    example(
        "user data that only a mark hides, which the host's metadata address does not honour",
        resource(_SERVER, "web", userData=SECRET),
        resource("aws:ec2/instance:Instance", "app", userDataBase64=WRITTEN_OUT),
        resource("aws:s3/bucketObject:BucketObject", "file", content=SECRET),
        unknown("web", "userData"),
        unknown("app", "userDataBase64"),
    ),
    example(
        "texts that are passed as files, alone and in an archive, and files that are only named",
        resource(_OBJECT, "page", source={ASSET: {"text": "<p>hello</p>"}}),
        resource(_OBJECT, "settings", source={ASSET: {"text": "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG"}}),
        resource(
            "aws:lambda/function:Function",
            "job",
            code={
                ARCHIVE: {"assets": {"lib": {ARCHIVE: {"assets": {".env": {ASSET: {"text": "TOKEN=abcdef123456"}}}}}}}
            },
        ),
        resource(_OBJECT, "marked", source={ASSET: {"text": SECRET}}),
        resource(_OBJECT, "named", source={ASSET: {"path": "page.html"}}),
        resource(
            "aws:lambda/function:Function", "task", code={ARCHIVE: {"assets": {"lib": {ARCHIVE: {"path": "lib"}}}}}
        ),
        resource("aws:lambda/function:Function", "later", code=UNKNOWN),
        resource(_OBJECT, "decided", source={ASSET: {"text": UNKNOWN}}),
        fails("settings", "source"),
        fails("job", "code.lib..env"),
        not_observable("named", "source"),
        not_observable("task", "code.lib"),
        unknown("later", "code"),
        unknown("decided", "source"),
    ),
)
