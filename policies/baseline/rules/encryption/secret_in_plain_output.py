"""Secrets that a stack gives out for anyone to read."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.estate import Estate
from baseline.estate.facts.secret_marks import secrets_in
from baseline.estate.facts.secrets import named, points_elsewhere, texts
from baseline.estate.nouns import Output
from baseline.graph import SECRET, UNKNOWN, WRITTEN_OUT, Undecided
from baseline.rule import Problem, example, fails, resource, rule, unknown


def _may_hold_one(output: Output) -> bool:
    given = {output.name: output.given("value")}
    return any(True for _ in named(given)) or any(secrets_in(text) for _, text in texts(given))


@rule(
    Output,
    clauses=("4.1", "5.1"),
    remedy="Export it as a secret (`pulumi.export(name, pulumi.Output.secret(value))`) or not at all, and change what "
    "was exposed: earlier states and logs still hold it.",
    applies=_may_hold_one,
)
def secret_in_plain_output(output: Output, _: Estate) -> Iterator[Problem]:
    """A secret stands in plain text in an output of the stack.

    Outputs are in the state as they are, are printed at the end of each deployment into the logs of whoever deploys,
    and are what other stacks read. Only what is marked as a secret is encrypted there.
    """
    given = {output.name: output.given("value")}
    doubts = []
    seen = set()
    for path, value in named(given):
        if isinstance(value, str):
            if not points_elsewhere(value):
                seen.add(path)
                yield Problem(f"the output {path} is a secret in plain text", path=f"outputs.{path}")
        elif value is not SECRET and value is not WRITTEN_OUT:
            doubts.append(path)
    for path, text in texts(given):
        if path not in seen and (kinds := [kind for kind, _ in secrets_in(text)]):
            yield Problem(f"the output {path} holds {' and '.join(kinds)}", path=f"outputs.{path}")
    for path in doubts:
        reason = f"whether the output {path} is kept as a secret is known only after deployment"
        raise Undecided("unknown", f"outputs.{path}", reason)


_STACK = resource("pulumi:pulumi:Stack", "stack")

EXAMPLES = (
    example(
        "addresses, names and secrets",
        _STACK,
        outputs={
            "url": "https://shop.example/",
            "dbPassword": SECRET,
            "hosts": ["app-1", UNKNOWN],
            "secretArn": "arn:x",
        },
    ),
    example(
        "a password, and ones inside",
        _STACK,
        fails("stack", "outputs.dbPassword"),
        fails("stack", "outputs.database"),
        fails("stack", "outputs.queue.token"),
        fails("stack", "outputs.kubeconfig"),
        outputs={
            "dbPassword": "correct-horse",
            "database": "postgres://shop:correct-horse@10.0.0.1/shop",
            "queue": {"host": "10.0.0.2", "token": "correct-horse"},
            "kubeconfig": "users:\n- user:\n    password: correct-horse\n",
        },
    ),
    example(
        "a password that only deployment knows",
        _STACK,
        unknown("stack", "outputs.password"),
        outputs={"password": UNKNOWN, "address": UNKNOWN},
    ),
)
