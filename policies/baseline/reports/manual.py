"""A rule's page: title, why, remedy, clauses and examples, all from the rule itself."""

from __future__ import annotations

from collections.abc import Iterator

from baseline.rule import Example, Rule


def page(rule: Rule) -> str:
    """The rule as Markdown."""
    return "\n".join(_lines(rule))


def _lines(rule: Rule) -> Iterator[str]:
    yield f"# {rule.id}\n"
    yield f"**{rule.title}.**  "
    clauses = ", ".join(rule.clauses)
    yield f"Theme {rule.theme}, level {rule.level}, judges each `{rule.noun.__name__}`, clauses {clauses}.\n"
    yield f"{rule.why}\n"
    yield f"**Remedy.** {rule.remedy}\n"
    yield "## Examples\n"
    for example in rule.examples:
        yield f"- {example.title}{_steps(example)}: {_expectation(example)}"


def _steps(example: Example) -> str:
    """What a preview would do, where the example is one."""
    steps = ", ".join(f"{operation} `{name}`" for name, operation in example.steps.items())
    return f" (a preview: {steps})" if steps else ""


def _expectation(example: Example) -> str:
    found = [
        f"*{outcome.replace('_', ' ')}* at `{name}`" + (f" (`{path}`)" if path else "")
        for outcome, name, path in sorted(example.expect)
    ]
    return "; ".join(found) or "passes"


def index(rules: tuple[Rule, ...]) -> str:
    """The table of all rules as Markdown, for the README."""
    rows = [
        f"| {rule.theme} | [`{rule.id}`](docs/rules/{rule.id}.md) | {rule.title} | {', '.join(rule.clauses)} |"
        for rule in rules
    ]
    return "\n".join(("| theme | rule | finds | clauses |", "| --- | --- | --- | --- |", *rows))
