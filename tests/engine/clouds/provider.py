"""A resource provider as the engine knows it, over one emulated cloud."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import grpc
import msgspec
from google.protobuf import empty_pb2, json_format, struct_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc, status_pb2

from baseline.graph import named
from baseline.sources.wire import SECRET_SIGNATURE, SIGNATURE, UNKNOWN_TEXT, unpacked
from tests.engine.clouds.behaviour import Behaviour, Config, Made, Refused
from tests.engine.clouds.faults import Failed, Faults, Partial
from tests.engine.clouds.ledger import Ledger, Thing, sealed
from tests.engine.clouds.schema import bare, schema, unknown, with_defaults

_DEFAULTS: Final = "__defaults"
_SOME, _NONE = provider_pb2.DiffResponse.DIFF_SOME, provider_pb2.DiffResponse.DIFF_NONE


class Provider(provider_pb2_grpc.ResourceProviderServicer):
    """Serves all providers of one cloud: the engine opens a connection for each, which tells them apart."""

    def __init__(self, cloud: Behaviour, ledger: Ledger, faults: Faults) -> None:
        self._cloud = cloud
        self._ledger = ledger
        self._faults = faults
        self._configs: dict[str, Config] = {}

    def Handshake(self, request: Any, context: Any) -> Any:
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=False, supports_autonaming_configuration=False)

    def Attach(self, request: Any, context: Any) -> Any:
        return empty_pb2.Empty()

    def GetPluginInfo(self, request: Any, context: Any) -> Any:
        version = {"hcloud": "1.43.3", "aws": "7.51.1"}[self._cloud.name]
        return plugin_pb2.PluginInfo(version=version)

    def GetSchema(self, request: Any, context: Any) -> Any:
        return provider_pb2.GetSchemaResponse(schema=json.dumps({"name": self._cloud.name, "resources": {}}))

    def CheckConfig(self, request: Any, context: Any) -> Any:
        try:
            self._cloud.configure(_configuration(request.news))
        except Refused as refused:
            return provider_pb2.CheckResponse(
                inputs=request.news, failures=[provider_pb2.CheckFailure(property="", reason=str(refused))]
            )
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request: Any, context: Any) -> Any:
        same = _clean(unpacked(request.olds.fields)) == _clean(unpacked(request.news.fields))
        return provider_pb2.DiffResponse(changes=_NONE if same else _SOME)

    def Configure(self, request: Any, context: Any) -> Any:
        """As the bridge: it takes secrets bare, and the engine hides again what comes back under the same names.

        Source: pulumi-terraform-bridge v3.120.0, pkg/pf/internal/plugin/provider_server.go:337, and
        pkg/tfbridge/provider.go, Configure, read 2026-11-26.
        """
        self._configs[context.peer()] = self._cloud.configure(_configuration(request.args))
        return provider_pb2.ConfigureResponse(acceptSecrets=False, supportsPreview=True, acceptOutputs=False)

    def Check(self, request: Any, context: Any) -> Any:
        type_, name = _type(request.urn), named(request.urn)
        known = schema(type_)
        if known is None:
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, f"unrecognized resource type {type_}")
            raise AssertionError
        news, olds = unpacked(request.news.fields), unpacked(request.olds.fields)
        asked = _clean(bare(news))
        failures = [*known.problems(asked), *self._cloud.refusals(type_, asked)]
        made_up = dict(self._cloud.defaults(type_, asked))
        naming = self._cloud.autoname(type_)
        if naming and naming not in asked:
            made_up[naming] = _name(name, naming, olds, request.randomSeed)
        made_up = {key: value for key, value in made_up.items() if key not in asked}
        checked = {key: with_defaults(value, known.inputs.get(key)) for key, value in news.items()} | made_up
        if "tagsAll" in known.outputs:  # of everything that takes tags, even where there are none
            checked["tagsAll"] = _tags(self._configs.get(context.peer(), Config()).tags, news.get("tags"))
        for key in known.secrets & checked.keys():
            checked[key] = _secret(checked[key])
        checked[_DEFAULTS] = sorted(made_up)
        if type_ in self._cloud.framework:  # only the name is filled in before the plan, and nothing tells it apart
            checked = _plain({key: value for key, value in checked.items() if key == naming or key not in made_up})
        return provider_pb2.CheckResponse(
            inputs=_struct(checked),
            failures=[provider_pb2.CheckFailure(property=path, reason=reason) for path, reason in failures],
        )

    def Diff(self, request: Any, context: Any) -> Any:
        type_ = _type(request.urn)
        olds, news = _clean(unpacked(request.old_inputs.fields)), _clean(unpacked(request.news.fields))
        changed = sorted(
            {key for key in olds.keys() | news.keys() if bare(olds.get(key)) != bare(news.get(key))}
            | set(self._cloud.never_settles(type_, bare(news)))
        )
        replacing = [key for key in changed if key in self._cloud.replaces(type_, bare(news))]
        kinds = provider_pb2.PropertyDiff
        detailed = {
            key: kinds(kind=kinds.UPDATE_REPLACE if key in replacing else kinds.UPDATE, inputDiff=True)
            for key in changed
        }
        return provider_pb2.DiffResponse(
            changes=_SOME if changed else _NONE,
            diffs=changed,
            replaces=replacing,
            detailedDiff=detailed,
            hasDetailedDiff=True,
            deleteBeforeReplace=bool(replacing) and (type_ in self._cloud.deletes_first or self._named(type_, request)),
        )

    def _named(self, type_: str, request: Any) -> bool:
        """Whether the program gives the name that could be made up: then the bridge lets no two exist at once.

        Source: pulumi-terraform-bridge v3.120.0, pkg/tfbridge/schema.go, nameRequiresDeleteBeforeReplace (and not of
        the plugin framework: pkg/pf/tfbridge/provider_diff.go:110), read 2026-11-26.
        """
        news, naming = unpacked(request.news.fields), self._cloud.autoname(type_)
        return type_ not in self._cloud.framework and naming in news and naming not in (news.get(_DEFAULTS) or ())

    def Create(self, request: Any, context: Any) -> Any:
        type_, name = _type(request.urn), named(request.urn)
        properties = unpacked(request.properties.fields)
        if request.preview:
            return provider_pb2.CreateResponse(properties=_struct(_planned(type_, properties)))
        config = self._configs[context.peer()]
        inputs = _marked(type_, _clean(properties))

        made = Made("", {})
        try:
            with self._faults.around("create", type_, name), self._ledger.lock:
                self._ledger.catch_up()
                made = self._cloud.make(self._ledger, type_, name, bare(inputs), config)
                self._keep("create", request.urn, inputs, made, config)
        except Refused as refused:
            if refused.half is not None:
                self._keep("create", request.urn, inputs, refused.half, config)
                _abort_half_made(context, type_, refused, _outputs(type_, name, properties, config))
            self._refuse(context, type_, "", request.urn, inputs, str(refused))
        except Partial as partial:
            _abort_half_made(
                context, type_, Refused(str(partial), half=made), _outputs(type_, name, properties, config)
            )
        except Failed as failed:
            context.abort(grpc.StatusCode.UNKNOWN, str(failed))
        outputs = {**_outputs(type_, name, properties, config), **made.outputs, "id": made.id}
        return provider_pb2.CreateResponse(id=made.id, properties=_struct(_marked(type_, outputs)))

    def Update(self, request: Any, context: Any) -> Any:
        type_, name = _type(request.urn), named(request.urn)
        news, olds = unpacked(request.news.fields), unpacked(request.olds.fields)
        merged = {
            **{key: value for key, value in olds.items() if key not in unpacked(request.old_inputs.fields)},
            **news,
        }
        merged = _plain(merged)
        if request.preview:
            return provider_pb2.UpdateResponse(properties=_struct(merged))
        try:
            with self._faults.around("update", type_, name), self._ledger.lock:
                self._ledger.catch_up()
                thing = self._thing(type_, request.id)
                inputs = self._cloud.change(self._ledger, thing, bare(_clean(news)))
                hidden = sealed(_marked(type_, _clean(news)))
                kept = {
                    key: hidden[key] if hidden.get(key) is not None and bare(news.get(key)) == value else value
                    for key, value in inputs.items()
                }
                self._ledger.write("update", msgspec.structs.replace(thing, urn=request.urn, inputs=kept))
        except Refused as refused:
            self._refuse(context, type_, request.id, request.urn, _marked(type_, _clean(news)), str(refused))
        except Failed as failed:
            context.abort(grpc.StatusCode.UNKNOWN, str(failed))
        return provider_pb2.UpdateResponse(properties=_struct(_marked(type_, merged)))

    def Delete(self, request: Any, context: Any) -> Any:
        type_, name = _type(request.urn), named(request.urn)
        try:
            with self._faults.around("delete", type_, name), self._ledger.lock:
                self._ledger.catch_up()
                self.delete(type_, request.id)
        except Refused as refused:
            self._refuse(context, type_, request.id, request.urn, {}, str(refused))
        except Failed as failed:
            context.abort(grpc.StatusCode.UNKNOWN, str(failed))
        return empty_pb2.Empty()

    def delete(self, type_: str, id_: str) -> None:
        """Deletes what is there; what is gone already is no error. Raises Refused."""
        thing = self._ledger.things.get((type_, id_))
        if thing is not None and not thing.kept:
            self._ledger.write("delete", msgspec.structs.replace(thing, kept=self._cloud.remove(self._ledger, thing)))

    def Read(self, request: Any, context: Any) -> Any:
        type_ = _type(request.urn)
        with self._ledger.lock:
            self._ledger.catch_up()
            config = self._configs.get(context.peer(), Config())
            thing = self._ledger.things.get((type_, request.id))
            inputs, properties = unpacked(request.inputs.fields), unpacked(request.properties.fields)
            if thing is None and not properties:  # an import, whose id may be spelt otherwise
                thing = self._ledger.imported(type_, request.id, config.place)
        if thing is None or thing.kept:
            return provider_pb2.ReadResponse(id="")
        if not inputs:  # an import: only what the cloud shows
            inputs = {key: value for key, value in thing.inputs.items() if key not in self._cloud.unreadable}
            shown = {**_outputs(type_, thing.name, inputs, config), **thing.outputs, **inputs, "id": thing.id}
            properties = _plain({key: value for key, value in shown.items() if key not in self._cloud.unreadable})
            if type_ not in self._cloud.framework:
                inputs[_DEFAULTS] = []
        else:
            drifted = dict(_drift(inputs, thing, self._cloud.unreadable))
            # What the program no longer says becomes no input again, and is still what the cloud holds.
            unsaid = {key: value for key, value in thing.inputs.items() if key not in inputs and not _hidden(value)}
            held = {key: value for key, value in unsaid.items() if key not in self._cloud.unreadable}
            inputs, properties = {**inputs, **drifted}, {**properties, **_plain({**drifted, **held})}
        return provider_pb2.ReadResponse(
            id=thing.id, inputs=_struct(_marked(type_, inputs)), properties=_struct(_marked(type_, properties))
        )

    def Invoke(self, request: Any, context: Any) -> Any:
        config = self._configs.get(context.peer(), Config())
        try:
            found = self._cloud.look_up(request.tok, bare(unpacked(request.args.fields)), config)
        except Refused as refused:
            context.abort(grpc.StatusCode.NOT_FOUND, str(refused))
            raise
        response = provider_pb2.InvokeResponse()
        getattr(response, "return").CopyFrom(_struct(found))
        return response

    def Cancel(self, request: Any, context: Any) -> Any:
        return empty_pb2.Empty()

    def _keep(self, operation: str, urn: str, inputs: Mapping[str, Any], made: Made, config: Config) -> None:
        self._ledger.write(operation, self._described(urn, made.id, inputs, made.outputs, config.place))

    def _described(
        self, urn: str, id_: str, inputs: Mapping[str, Any], outputs: Mapping[str, Any], place: str
    ) -> Thing:
        return Thing(
            cloud=self._cloud.name,
            type=_type(urn),
            id=id_,
            urn=urn,
            name=named(urn),
            place=str(inputs.get("region") or inputs.get("location") or place),
            inputs=sealed(inputs),
            outputs=sealed(outputs),
        )

    def _thing(self, type_: str, id_: str) -> Thing:
        thing = self._ledger.things.get((type_, id_))
        if thing is None:
            raise Refused(f"not found: {type_} {id_}")
        return thing

    def _refuse(self, context: Any, type_: str, id_: str, urn: str, inputs: Mapping[str, Any], message: str) -> None:
        with self._ledger.lock:
            self._ledger.write("refuse", self._described(urn, id_, inputs, {}, ""), message)
        context.abort(grpc.StatusCode.UNKNOWN, message)


def _type(urn: str) -> str:
    return urn.split("::", 3)[2].rpartition("$")[2]


def _struct(fields: Mapping[str, Any]) -> struct_pb2.Struct:
    return json_format.ParseDict(dict(fields), struct_pb2.Struct())


def _clean(value: Any) -> Any:
    """A value without `__defaults` anywhere, and without what is null."""
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items() if key != _DEFAULTS and item is not None}
    return [_clean(item) for item in value] if isinstance(value, list) else value


def _plain(value: Any) -> Any:
    """A value without `__defaults` anywhere: outputs never say what was filled in."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if key != _DEFAULTS}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _abort_half_made(context: Any, type_: str, refused: Refused, outputs: Mapping[str, Any]) -> None:
    """Says that it exists and is not as it should be: the engine takes it into the state, with the reason.

    Source: pulumi-terraform-bridge v3.120.0, pkg/tfbridge/provider.go, initializationError, read 2026-11-26.
    """
    assert refused.half is not None
    properties = {**outputs, **refused.half.outputs, "id": refused.half.id}
    detail = provider_pb2.ErrorResourceInitFailed(
        id=refused.half.id, properties=_struct(_marked(type_, properties)), reasons=[str(refused)]
    )
    status = status_pb2.Status(code=grpc.StatusCode.UNKNOWN.value[0], message="resource init failed")
    status.details.add().Pack(detail)
    context.set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
    context.abort(grpc.StatusCode.UNKNOWN, str(refused))


def _name(name: str, naming: str, olds: Mapping[str, Any], seed: bytes) -> str:
    """The name that it had, else one of its own: the program's with seven hexadecimal digits."""
    if naming in olds and (_DEFAULTS not in olds or naming in olds[_DEFAULTS]):
        return str(olds[naming])
    return f"{name}-{hashlib.sha256(seed).hexdigest()[:7]}"


def _tags(defaults: Mapping[str, str], own: Any) -> Any:
    own = bare(own)
    return own if unknown(own) else {**defaults, **(own or {})}


def _secret(value: Any) -> Any:
    marked = isinstance(value, dict) and value.get(SIGNATURE) == SECRET_SIGNATURE
    return value if marked else {SIGNATURE: SECRET_SIGNATURE, "value": value}


def _marked(type_: str, outputs: Mapping[str, Any]) -> dict[str, Any]:
    """Outputs in which what the provider holds to be a secret is marked as one."""
    known = schema(type_)
    secrets = known.secrets if known else frozenset()
    return {key: _secret(value) if key in secrets else value for key, value in outputs.items()}


def _planned(type_: str, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """What a preview knows of a resource to be: its inputs; all else is decided by deployment."""
    known = schema(type_)
    outputs = dict.fromkeys(known.outputs, UNKNOWN_TEXT) if known else {}
    return {**outputs, **_plain(inputs)}


_EMPTY: Final[Mapping[type, Any]] = {str: "", int: 0, float: 0, bool: False}


def _outputs(type_: str, name: str, inputs: Mapping[str, Any], config: Config) -> dict[str, Any]:
    """The inputs as the cloud gives them back, and something of the right type for every other output.

    What could be an input and is none is empty, as in the recordings of the real providers.
    """
    known = schema(type_)
    kinds = known.outputs if known else {}
    found = {key: _EMPTY[kind] for key, kind in kinds.items() if kind in _EMPTY}
    made = {
        key: _repeated(key, config) or f"{name}-{key}"
        for key in found
        if kinds[key] is str and known and key not in known.inputs
    }
    return {**found, **made, **_plain(inputs)}


def _repeated(key: str, config: Config) -> str:
    """An output that many things have alike: where they are, whose, and in what state."""
    return {
        "accountId": config.account,
        "availabilityZone": f"{config.place}a",
        "availabilityZoneId": "euc1-az1",
        "datacenter": "fsn1-dc14",
        "hostedZoneId": "Z2FDTNDATAQYW2",
        "ownerId": config.account,
        "region": config.place,
        "registryId": config.account,
        "state": "available",
        "status": "ACTIVE",
    }.get(key, "")


def _drift(inputs: Mapping[str, Any], thing: Thing, unreadable: Iterable[str]) -> Iterator[tuple[str, Any]]:
    """What the cloud holds otherwise than the state says."""
    for key, value in thing.inputs.items():
        hidden = sealed(_clean({key: inputs.get(key)}))[key] if inputs.get(key) is not None else None
        if key not in unreadable and key in inputs and hidden != value and not _hidden(value):
            yield key, value


def _hidden(value: Any) -> bool:
    return str(value).startswith("sha256:")


def _configuration(struct: Any) -> dict[str, Any]:
    """A provider's settings, which travel as JSON inside strings."""
    found = {}
    for key, value in _clean(bare(unpacked(struct.fields))).items():
        opened = value
        if isinstance(value, str) and value[:1] in "[{":
            opened = json.loads(value)
        found[key] = opened
    return found
