"""What a rule is: one defect, the noun that can have it, the clauses it breaks, the remedy, and examples that prove it.

A rule is a generator over one subject that yields problems. It cannot say "pass": the judge enumerates the subjects, so
a subject without problems is recorded as evidence, and a rule without subjects is reported as not exercised.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from baseline.estate import Estate
from baseline.estate.terms import Period, Terms
from baseline.graph import Graph, Ref, Resource, Settings


class Problem(NamedTuple):
    """What is wrong with the subject; `path` is the input to change, `""` for the subject's own."""

    message: str
    path: str = ""


Check = Callable[[Any, Estate], Iterable[Problem]]


def _always(_: Any) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule: `noun` is the type of its subjects, `applies` narrows them to those that could have the defect."""

    id: str
    theme: str
    level: str  # error: breaks a promise; warning: good practice
    noun: type
    clauses: tuple[str, ...]
    title: str
    why: str
    remedy: str
    check: Check
    applies: Callable[[Any], bool] = _always
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Example:
    """A small graph and exactly what the rule must say of it: (outcome, resource name, path); nothing is a pass."""

    title: str
    resources: tuple[Resource, ...]
    expect: frozenset[tuple[str, str, str]] = frozenset()
    terms: Terms = field(
        default_factory=lambda: Terms(
            stack="example",
            allowed_countries=frozenset({"DE"}),
            administration=("203.0.113.0/24",),
            account="123456789012",
            periods={"backup": Period(7, 35), "service_log": Period(30, 31), "audit_log": Period(365, 400)},
            notification_countries={"security@shops.example": "DE"},
        )
    )
    settings: Settings = field(
        default_factory=lambda: Settings("s3://state?endpoint=fsn1.your-objectstorage.com", "passphrase")
    )

    before: tuple[Resource, ...] = ()
    steps: Mapping[str, str] = field(default_factory=dict)  # by the names of resources in `before`
    outputs: Mapping[str, Any] = field(default_factory=dict)  # of the stack

    @property
    def graph(self) -> Graph:
        """The example as the Graph of a stack named `example`."""
        return Graph(
            project="example",
            stack="example",
            resources=self.resources,
            outputs=dict(self.outputs),
            settings=self.settings,
            before=self.before,
            steps={item.urn: self.steps[item.name] for item in self.before if item.name in self.steps},
        )


def urn(type_: str, name: str) -> str:
    """The URN of an example's resource."""
    return f"urn:pulumi:example::example::{type_}::{name}"


def resource(type_: str, name: str, /, _protect: bool = False, _provider: str = "", **inputs: Any) -> Resource:
    """One resource of an example. Hetzner and AWS resources have an explicit provider unless `_provider` says other.

    AWS resources get the provider of `aws_provider()`; inputs are the provider's own words, in camelCase.
    """
    return Resource(
        urn=urn(type_, name),
        type=type_,
        name=name,
        inputs=inputs,
        protect=_protect,
        provider=_provider or _default_provider(type_),
    )


def _default_provider(type_: str) -> str:
    package = type_.partition(":")[0]
    return urn(f"pulumi:providers:{package}", package) if package in ("aws", "hcloud") else ""


def aws_provider(region: str = "eu-central-1", name: str = "aws", **inputs: Any) -> Resource:
    """The explicit AWS provider that the resources of an example use."""
    return resource("pulumi:providers:aws", name, **{"region": region, "allowedAccountIds": ["123456789012"], **inputs})


def ref(*resources: Resource) -> Ref:
    """A reference to a resource, or to one of several."""
    return Ref(frozenset(item.urn for item in resources))


def fails(name: str, path: str = "") -> tuple[str, str, str]:
    """The expectation that the rule finds the defect in the named resource."""
    return ("fail", name, path)


def unknown(name: str, path: str = "") -> tuple[str, str, str]:
    """The expectation that only deployment decides."""
    return ("unknown", name, path)


def not_observable(name: str, path: str = "") -> tuple[str, str, str]:
    """The expectation that this source never says."""
    return ("not_observable", name, path)


def example(title: str, *parts: Resource | tuple[str, str, str], **settings: Any) -> Example:
    """An Example from its resources and its expectations, in any order."""
    resources = tuple(part for part in parts if isinstance(part, Resource))
    expect = frozenset(part for part in parts if not isinstance(part, Resource))
    return Example(title, resources, expect, **settings)


def rule(
    noun: type,
    *,
    clauses: tuple[str, ...],
    remedy: str,
    level: str = "error",
    applies: Callable[[Any], bool] = _always,
) -> Callable[[Check], Rule]:
    """Makes a generator function into the Rule of its name, in the theme of its package.

    The docstring's first line is the title, the rest is why.
    """

    def decorate(check: Check) -> Rule:
        title, _, why = inspect.cleandoc(check.__doc__ or "").partition("\n")
        return Rule(
            id=check.__name__,
            theme=check.__module__.split(".")[-2],
            level=level,
            noun=noun,
            clauses=clauses,
            title=title.rstrip("."),
            why=why.strip(),
            remedy=remedy,
            check=check,
            applies=applies,
        )

    return decorate


def _modules(package: str) -> Iterator[str]:
    root = importlib.import_module(package)
    for theme in pkgutil.iter_modules(root.__path__, f"{package}."):
        for module in pkgutil.iter_modules(importlib.import_module(theme.name).__path__, f"{theme.name}."):
            yield module.name


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule below `baseline.rules`, one a file, by theme and name. TypeError for a file without its rule."""
    rules = []
    for name in sorted(_modules("baseline.rules")):
        module = importlib.import_module(name)
        found = getattr(module, name.rpartition(".")[2], None)
        if not isinstance(found, Rule):
            raise TypeError(f"{name} must define a rule with the name of its file")
        object.__setattr__(found, "examples", tuple(getattr(module, "EXAMPLES", ())))
        rules.append(found)
    return tuple(rules)
