"""The catalogue, the statements and the rules speak of each other, and of nothing that does not exist."""

from pathlib import Path

from baseline.rule import all_rules
from baseline.sources.declared import catalogue, load
from stacks.declaration import known_stacks

RULES = {rule.id: set(rule.clauses) for rule in all_rules()}


def test_rules_and_clauses_point_at_each_other() -> None:
    """A rule cites exactly the clauses that name it, so neither side can promise what the other does not."""
    cited = {rule: {clause.number for clause in catalogue() if rule in clause.rules} for rule in RULES}
    assert cited == RULES


def test_every_rule_that_a_clause_names_exists() -> None:
    """A promise that leans on a rule which nobody wrote is kept by nothing."""
    named = {(clause.number, rule) for clause in catalogue() for rule in clause.rules}
    assert {(number, rule) for number, rule in named if rule not in RULES} == set()


def test_every_statement_is_about_a_rule_and_a_stack() -> None:
    """A statement for a rule that does not exist would answer for nothing."""
    statements = load(Path(__file__).parents[2]).statements
    assert {name for name, statement in statements.items() if statement.rule not in RULES} == set()
    assert {stack for statement in statements.values() for stack in statement.stacks} <= set(known_stacks())
