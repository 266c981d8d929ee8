"""What a platform engineer declares of one environment: typed, validated, every problem at once.

Refused here is what cannot be deployed or is a slip of the pen. Whether a declaration keeps the published
promises (a location abroad, a wide administration network, a long retention) is for the judge, which has to
see it to say so. What only a valid neighbour can show to be wrong (a size of the other cloud) waits for that.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    ValidationInfo,
    field_validator,
    model_validator,
)

from infra.address_plan import (
    LARGEST_NETWORK,
    PRIVATE_RANGES,
    SMALLEST_NETWORK,
    AddressPlan,
)
from infra.hetzner.catalogue import is_registrable
from stacks import places
from stacks.fields import (
    Account,
    AdminNetwork,
    AnyPlace,
    AwsRegion,
    Backend,
    Count,
    Country,
    Days,
    Distinct,
    DomainName,
    Email,
    Gibibytes,
    HetznerLocation,
    Hour,
    NotEmpty,
    PlanNetwork,
    Recipient,
    Refusal,
    SecretsProvider,
    Size,
    StackName,
    Text,
    refuse,
)


def cidr(text: str) -> Any:
    """A network as written; Environment parses it, so as to report its mistakes with all the others."""
    return text


class Part(BaseModel):
    """A part of an Environment. It checks nothing by itself: see `__init__`."""

    model_config = ConfigDict(frozen=True, extra="forbid", revalidate_instances="always")

    def __init__(self, **declared: Any) -> None:
        # A part is built before the Environment around it. Were it to refuse on its own, its problems would
        # hide all others; so it only holds what it is given, and the Environment validates it.
        unchecked = self.model_construct(**declared)
        object.__setattr__(self, "__dict__", unchecked.__dict__ | declared)
        object.__setattr__(self, "__pydantic_fields_set__", set(declared))
        object.__setattr__(self, "__pydantic_extra__", None)
        object.__setattr__(self, "__pydantic_private__", None)

    # Tells pydantic to validate a part through its fields, not by calling the constructor above.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]


class Hetzner(Part):
    """A Hetzner project and where its machines stand; the first location holds the first database."""

    kind: Literal["hetzner"] = "hetzner"
    project: Text
    locations: Annotated[tuple[HetznerLocation, ...], NotEmpty, Distinct]

    @property
    def places(self) -> tuple[str, ...]:
        """Where hosts stand: locations."""
        return self.locations

    @property
    def network_zone(self) -> str:
        """The network zone of the first location: subnets need one, and it may span several countries."""
        return places.HETZNER_LOCATIONS[self.locations[0]]


class Aws(Part):
    """An AWS account, where its machines stand (the first zone holds the first database), where copies go."""

    kind: Literal["aws"] = "aws"
    account: Account
    region: AwsRegion
    zones: Annotated[tuple[str, ...], Distinct]
    copy_region: AwsRegion

    @field_validator("zones")
    @classmethod
    def _in_the_region(cls, zones: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        refuse(_zone_refusals(zones, info.data.get("region")))
        return zones

    @property
    def places(self) -> tuple[str, ...]:
        """Where hosts stand: availability zones."""
        return self.zones


class Role(Part):
    """How many hosts, of which server or instance type, with how many GiB of volumes for data and logs."""

    count: Count
    size: Size
    data_gib: Gibibytes
    log_gib: Gibibytes


class Backup(Part):
    """Daily at `hour` UTC, to locations or a region, kept at least and at most so many days.

    `recipients` are the public keys for which hosts encrypt what they send; none where the cloud copies volumes.
    """

    to: Annotated[tuple[AnyPlace, ...], NotEmpty, Distinct]
    keep_days: tuple[Days, Days]
    hour: Hour
    recipients: Annotated[tuple[Recipient, ...], Distinct] = ()

    def destination(self, place: str) -> str:
        """Where a host in a place sends its backups: the first that is another place, or the only one there is."""
        return next((to for to in self.to if to != place), self.to[0])

    @field_validator("keep_days")
    @classmethod
    def _floor_below_ceiling(cls, keep_days: tuple[int, int]) -> tuple[int, int]:
        floor, ceiling = keep_days
        if floor > ceiling:
            what = f"the floor, {floor} days, is above the ceiling, {ceiling} days"
            refuse([Refusal("", what, "write the floor first, then the ceiling")])
        return keep_days


class Notification(Part):
    """Who is told of findings, and the country in which that mail is read."""

    email: Email
    country: Country


class State(Part):
    """Where Pulumi keeps the state, what encrypts the secrets in it, and the country that it lies in."""

    backend: Backend
    secrets: SecretsProvider
    country: Country


class Environment(BaseModel):
    """One environment, with an account or project of its own; ValidationError lists all that is wrong."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: StackName
    production: StrictBool
    cloud: Annotated[Hetzner | Aws, Field(discriminator="kind")]
    app: Role
    database: Role
    network: PlanNetwork
    admin_networks: Annotated[tuple[AdminNetwork, ...], Distinct]
    zone: DomainName
    domain_names: Annotated[tuple[DomainName, ...], NotEmpty, Distinct]
    backup: Backup
    log_days: Days
    audit_log_days: Days
    notifications: Annotated[tuple[Notification, ...], NotEmpty, Distinct]
    state: State

    @property
    def plan(self) -> AddressPlan:
        """Where everything lies inside the network."""
        return AddressPlan(network=self.network, places=self.cloud.places)

    @field_validator("app", "database")
    @classmethod
    def _can_stand(cls, role: Role, info: ValidationInfo) -> Role:
        refuse(_role_refusals(role, str(info.field_name), info.data.get("cloud"), info.data.get("production")))
        return role

    @field_validator("network")
    @classmethod
    def _holds_the_plan(cls, network: PlanNetwork) -> PlanNetwork:
        if not LARGEST_NETWORK <= network.prefixlen <= SMALLEST_NETWORK:
            sizes = f"/{LARGEST_NETWORK} to /{SMALLEST_NETWORK}"
            refuse([Refusal("", f"the address plan does not fit {network}", f"write a network of {sizes}")])
        if not any(network.subnet_of(private) for private in PRIVATE_RANGES):
            ranges = ", ".join(map(str, PRIVATE_RANGES))
            refuse([Refusal("", f"{network} is not private", f"write a network inside one of {ranges}")])
        return network

    @field_validator("zone")
    @classmethod
    def _can_be_served(cls, zone: str, info: ValidationInfo) -> str:
        if isinstance(info.data.get("cloud"), Hetzner) and not is_registrable(zone):
            what = f"Hetzner's name servers take no zone inside another domain, such as {zone}"
            name, _, last = zone.rpartition(".")
            refuse([Refusal("", what, f"write a domain of its own, such as {name.replace('.', '-')}.{last}")])
        return zone

    @field_validator("domain_names")
    @classmethod
    def _inside_the_zone(cls, names: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        zone = info.data.get("zone")
        strays = [] if zone is None else [name for name in names if name != zone and not name.endswith(f".{zone}")]
        refuse(
            Refusal("", f"{name} lies outside the zone {zone}", f"write a name that ends in .{zone}") for name in strays
        )
        return names

    @field_validator("backup")
    @classmethod
    def _can_be_made(cls, backup: Backup, info: ValidationInfo) -> Backup:
        match info.data.get("cloud"):
            case Hetzner():
                refuse([*_box_refusals(backup), *_recipient_refusals(backup, info.data.get("production"))])
            case Aws() as cloud:
                refuse(_copy_refusals(backup, cloud))
        return backup

    @field_validator("log_days")
    @classmethod
    def _a_period_that_the_cloud_knows(cls, days: int, info: ValidationInfo) -> int:
        if isinstance(info.data.get("cloud"), Aws) and days not in places.CLOUDWATCH_RETENTION_DAYS:
            periods = ", ".join(map(str, sorted(places.CLOUDWATCH_RETENTION_DAYS)))
            refuse([Refusal("", f"a log group cannot keep {days} days", f"write one of {periods}")])
        return days

    @model_validator(mode="after")
    def _seats_for_all(self) -> Self:
        try:
            for role, count in (("app", self.app.count), ("database", self.database.count)):
                self.plan.seats(role, count)
        except ValueError as problem:
            refuse([Refusal("network", f"the address plan has no room: {problem}", "declare fewer hosts or places")])
        return self


def _zone_refusals(zones: tuple[str, ...], region: str | None) -> Iterator[Refusal]:
    if len(zones) < 2:
        yield Refusal("", "one zone is no refuge from its own failure", "name two availability zones or more")
    for zone in zones:
        if region is not None and zone not in {f"{region}{letter}" for letter in "abcdef"}:
            yield Refusal(
                "",
                f"{zone!r} is no availability zone of {region}",
                f"write {region} and a letter from a to f",
            )


def _role_refusals(role: Role, name: str, cloud: Hetzner | Aws | None, production: bool | None) -> Iterator[Refusal]:
    if cloud is not None:
        sizes = places.SERVER_TYPES if isinstance(cloud, Hetzner) else places.INSTANCE_TYPES
        if role.size not in sizes:
            yield Refusal(
                "size",
                f"{role.size} is not a size of {cloud.kind}",
                f"write one of {', '.join(sorted(sizes))}",
            )
    if production and name == "app" and role.count < 2:
        yield Refusal("count", f"{role.count} app host cannot be replaced without a break", "declare 2 or more")
    if production and name == "database" and role.count != 1:
        yield Refusal("count", f"{role.count} database hosts would each hold data of their own", "declare 1")


def _box_refusals(backup: Backup) -> Iterator[Refusal]:
    for place in backup.to:
        if place not in places.HETZNER_LOCATIONS:
            locations = ", ".join(sorted(places.HETZNER_LOCATIONS))
            yield Refusal("to", f"{place} is no location of Hetzner", f"write one of {locations}")


def _recipient_refusals(backup: Backup, production: bool | None) -> Iterator[Refusal]:
    if not backup.recipients:
        yield Refusal("recipients", "nobody could restore", "name the public keys of age of those who can")
    elif production and len(backup.recipients) < 2:
        yield Refusal("recipients", "with one private key every backup would be lost", "name a second public key")


def _copy_refusals(backup: Backup, cloud: Aws) -> Iterator[Refusal]:
    for region in backup.to:
        if region != cloud.copy_region:
            what = f"{region} is not the region that copies go to"
            yield Refusal("to", what, f"write {cloud.copy_region}, as cloud does")
    if backup.recipients:
        yield Refusal("recipients", "AWS Backup encrypts with a key of KMS", "leave them out")
