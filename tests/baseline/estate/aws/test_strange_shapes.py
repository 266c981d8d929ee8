"""Inputs of shapes that no provider takes: whatever stands in them, the judge does not break."""

from __future__ import annotations

from typing import Any, Final

import pytest

from baseline.estate.aws.containers import TASKS
from baseline.estate.aws.documents import OF_ONE_HOLDER, ON_KEYS, ON_RESOURCES, WITHIN_KEYS, WITHIN_RESOURCES
from baseline.estate.aws.launchers import LAUNCHERS
from baseline.estate.aws.machines import INSTANCES
from baseline.estate.aws.permissions import SHARES, TYPES
from baseline.estate.aws.principals import ATTACHMENTS
from baseline.estate.aws.services import SERVICES
from baseline.estate.aws.suites import MAIL, SUITES
from baseline.estate.aws.wearers import WEARERS
from baseline.estate.build import build
from baseline.graph import SECRET, UNKNOWN
from baseline.judge import judge
from baseline.rule import all_rules, aws_provider, example, resource
from tests.baseline.estate.aws.judging import nested
from tests.baseline.estate.aws.sdk import inputs

STRANGE: Final[tuple[Any, ...]] = (
    *("a text", 7, -1.5, True, [None], ["x"], [[1]], [{"a": None}], [], {}, {"a": {"b": [1]}}),
    *(UNKNOWN, SECRET),
)
READ: Final = sorted(
    {
        *(ON_KEYS.keys() | ON_RESOURCES.keys() | WITHIN_KEYS.keys() | WITHIN_RESOURCES.keys() | OF_ONE_HOLDER.keys()),
        *(TYPES.keys() | SHARES.keys() | ATTACHMENTS.keys() | WEARERS.keys() | LAUNCHERS.keys() | TASKS.keys()),
        *(SERVICES.keys() | SUITES.keys() | MAIL.keys()),
        *INSTANCES,
        *(
            f"aws:{name}"
            for name in (
                "acm/certificate:Certificate",
                "acmpca/certificateAuthority:CertificateAuthority",
                "apigateway/integration:Integration",
                "apigatewayv2/api:Api",
                "apigatewayv2/domainName:DomainName",
                "apigatewayv2/integration:Integration",
                "cloudfront/distribution:Distribution",
                "cloudfront/multitenantDistribution:MultitenantDistribution",
                "cloudfront/vpcOrigin:VpcOrigin",
                "cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment",
                "ec2/vpnConnection:VpnConnection",
                "ecs/taskDefinition:TaskDefinition",
                "elasticbeanstalk/environment:Environment",
                "elb/loadBalancer:LoadBalancer",
                "gamelift/fleet:Fleet",
                "globalaccelerator/endpointGroup:EndpointGroup",
                "globalaccelerator/listener:Listener",
                "iot/domainConfiguration:DomainConfiguration",
                "lb/listener:Listener",
                "lightsail/distribution:Distribution",
                "lightsail/instance:Instance",
                "lightsail/instancePublicPorts:InstancePublicPorts",
                "opensearch/serverlessAccessPolicy:ServerlessAccessPolicy",
                "opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy",
                "route53/record:Record",
                "ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment",
                "transfer/connector:Connector",
                "vpclattice/listener:Listener",
                "vpclattice/targetGroup:TargetGroup",
            )
        ),
    }
)
DEEPEST: Final = 40  # paths of one type, the outermost first


@pytest.mark.parametrize("type_", READ)
def test_no_input_of_any_shape_breaks_the_judge(type_: str) -> None:
    """Each input in turn is each strange thing; a rule that broke would raise."""
    paths = sorted(inputs()[type_], key=lambda path: (path.count("."), path))[:DEEPEST]
    spoilt = [
        resource(type_, f"{path}-{index}", **nested(path, value))
        for path in paths
        for index, value in enumerate(STRANGE)
    ]
    case = example("", aws_provider(), *spoilt)
    assert judge(build(case.graph, case.terms), all_rules()).resources == len(spoilt) + 1
