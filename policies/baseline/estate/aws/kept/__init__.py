"""What AWS keeps, told by tables: one row a type, one file a family."""

from __future__ import annotations

from typing import Final

from baseline.estate.aws.kept import analytics, databases, files, people, programs, records, streams
from baseline.estate.aws.kept.row import Rows, read_doors, read_rows
from baseline.estate.builder import Builder

TABLES: Final[tuple[Rows, ...]] = (
    databases.ROWS,
    files.ROWS,
    streams.ROWS,
    analytics.ROWS,
    people.ROWS,
    programs.ROWS,
    records.ROWS,
)
DOORS: Final = (databases.DOORS, files.DOORS, programs.DOORS)


def read(builder: Builder) -> None:
    """A Store for each resource of the types in the tables, and an Opening for what opens one."""
    builder.of(analytics.CONFIGURATION, databases.DOCUMENTS_GROUP, databases.WAREHOUSE_GROUP)
    for rows in TABLES:
        read_rows(builder, rows)
    for doors in DOORS:
        read_doors(builder, doors)
