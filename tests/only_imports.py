"""A contract for import-linter: these packages import the standard library and what is named, nothing else.

import-linter can forbid what it is told of. This one forbids whatever nobody thought of.
"""

import sys
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OnlyImports(Contract):
    """Fails for each direct import, by a module of `source_modules`, of anything but `allowed_modules`."""

    type_name = "only"

    source_modules = fields.ListField(subfield=fields.ModuleField())
    allowed_modules = fields.ListField(subfield=fields.ModuleField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002  (the base class's signature)
        """The contract holds when no import is left over. Raises where a package that it names is missing."""
        sources, allowed = _names(self.source_modules), _names(self.allowed_modules)
        for package in (*sources, *allowed):
            if package not in graph.modules:
                raise ValueError(f"the contract '{self.name}' names {package}, which does not exist")
        offences = [
            f"{importer} -> {imported} (l.{detail['line_number']})"
            for source in sources
            for importer in sorted({source} | graph.find_descendants(source))
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if imported.partition(".")[0] not in sys.stdlib_module_names
            and not any(_lies_in(imported, package) for package in (source, *allowed))
            for detail in graph.get_import_details(importer=importer, imported=imported)
        ]
        return ContractCheck(kept=not offences, metadata={"offences": offences})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print each offending import with its line."""
        for offence in check.metadata["offences"]:
            output.print_error(f"- {offence}", bold=False)
        output.new_line()


def _names(modules: Any) -> list[str]:
    # The linter puts the declared value where the class has its field: a list of modules.
    return [module.name for module in modules]


def _lies_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")
