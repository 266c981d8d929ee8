"""Ways to leave hosts, networks and stores open to all."""

from __future__ import annotations

from tests.baseline.sabotage.mutations import (
    ABSENT,
    AWS,
    DE,
    HETZNER,
    US,
    Sabotage,
    Table,
    To,
    added,
    all_of,
    changed,
    edited,
    registered,
    without,
)

_FIREWALL = "hcloud:index/firewall:Firewall"
_ATTACHMENT = "hcloud:index/firewallAttachment:FirewallAttachment"

NETWORK: Table = {
    "firewall_bound_after_boot": (
        Sabotage(
            HETZNER,
            all_of(
                changed("app-1", "Server", "firewallIds", ABSENT),
                added(
                    _ATTACHMENT, "later", {"firewallId": To("app", "Firewall"), "serverIds": [To("app-1", "Server")]}
                ),
            ),
            "attached later instead of at birth",
        ),
        Sabotage(
            HETZNER,
            all_of(
                changed("database-1", "Server", "firewallIds", []),
                added(
                    _ATTACHMENT,
                    "later",
                    {"firewallId": To("database", "Firewall"), "labelSelectors": ["role=database"]},
                ),
            ),
            "attached by label",
        ),
        Sabotage(
            HETZNER,
            all_of(
                changed("app-1", "Server", "firewallIds", ABSENT),
                changed("app", "Firewall", "applyTos", [{"labelSelector": "role in (app)"}]),
            ),
            "a firewall that selects by label",
        ),
    ),
    "host_without_firewall": (
        Sabotage(HETZNER, changed("app-1", "Server", "firewallIds", ABSENT), "none"),
        Sabotage(HETZNER, changed("database-1", "Server", "firewallIds", []), "an empty list"),
        Sabotage(
            HETZNER,
            all_of(
                changed("app-1", "Server", "firewallIds", ABSENT),
                changed("app-1", "Server", "publicNets", [{"ipv4Enabled": False, "ipv6Enabled": True}]),
            ),
            "none, on a host of IPv6 only",
        ),
        Sabotage(
            HETZNER,
            all_of(
                changed("app-1", "Server", "firewallIds", ABSENT),
                changed("app", "Firewall", "applyTos", [{"labelSelector": "role=database"}]),
            ),
            "a selector that matches another host",
        ),
        Sabotage(
            DE,
            added(
                "hcloud:index/server:Server", "stray", {"serverType": "cx23", "location": "nbg1", "image": "debian-12"}
            ),
            "one more host",
        ),
    ),
    "default_security_group_in_use": (
        Sabotage(AWS, changed("app-1", "Instance", "vpcSecurityGroupIds", ABSENT), "no group named"),
        Sabotage(AWS, changed("database-1", "Instance", "vpcSecurityGroupIds", []), "an empty list"),
        Sabotage(
            AWS,
            changed(
                "app-1",
                "Instance",
                "vpcSecurityGroupIds",
                [To("network-default-security-group", "DefaultSecurityGroup")],
            ),
            "the default group by name",
        ),
    ),
    "default_security_group_not_emptied": (
        Sabotage(AWS, without("network-default-security-group", "DefaultSecurityGroup"), "as AWS makes it"),
        Sabotage(
            AWS,
            changed(
                "network-default-security-group",
                "DefaultSecurityGroup",
                "ingress",
                [{"protocol": "-1", "fromPort": 0, "toPort": 0, "self": True}],
            ),
            "with a rule of its own",
        ),
        Sabotage(AWS, added("aws:ec2/vpc:Vpc", "more", {"cidrBlock": "10.99.0.0/16"}), "of one more network"),
    ),
    "public_address_without_need": (
        Sabotage(AWS, changed("app-1", "Instance", "associatePublicIpAddress", True), "beside a gateway"),
        Sabotage(
            US,
            all_of(
                changed("app-1", "Instance", "associatePublicIpAddress", ABSENT),
                changed("network-private-us-east-1a", "Subnet", "mapPublicIpOnLaunch", True),
            ),
            "given by the subnet",
        ),
        Sabotage(
            AWS, added("aws:ec2/eip:Eip", "address", {"domain": "vpc", "instance": To("app-1", "Instance")}), "elastic"
        ),
        Sabotage(AWS, added("aws:ec2/eip:Eip", "address", {"domain": "vpc"}), "an address that leads to nothing"),
        Sabotage(US, without("network-private-us-east-1a-nat", "NatGateway"), "the address of a gateway that is gone"),
        Sabotage(
            HETZNER,
            added("hcloud:index/primaryIp:PrimaryIp", "address", {"type": "ipv4", "location": "nbg1"}),
            "an address that leads to nothing",
        ),
        Sabotage(
            HETZNER,
            added("hcloud:index/floatingIp:FloatingIp", "address", {"type": "ipv6", "homeLocation": "nbg1"}),
            "a floating one that leads to nothing",
        ),
    ),
    "storage_reachable_from_outside": (
        Sabotage(
            HETZNER, changed("backup-fsn1", "StorageBox", "accessSettings.reachableExternally", True), "the backup box"
        ),
        Sabotage(
            HETZNER,
            added(
                "hcloud:index/storageBoxSubaccount:StorageBoxSubaccount",
                "partner",
                {"storageBoxId": To("backup-fsn1", "StorageBox"), "accessSettings": {"reachableExternally": True}},
            ),
            "a subaccount of the box",
        ),
        Sabotage(
            AWS,
            all_of(
                without("trail-public-access", "BucketPublicAccessBlock"),
                without("account-buckets", "AccountPublicAccessBlock"),
            ),
            "no block of public access",
        ),
        Sabotage(
            AWS,
            all_of(
                changed("account-buckets", "AccountPublicAccessBlock", "ignorePublicAcls", False),
                changed("trail-public-access", "BucketPublicAccessBlock", "ignorePublicAcls", False),
            ),
            "three of four switches",
        ),
        Sabotage(
            AWS,
            all_of(
                edited("detection-policy", "TopicPolicy", "policy", "ArnEquals", "ArnEqualsIfExists"),
                edited("detection-policy", "TopicPolicy", "policy", '{"Service": "events.amazonaws.com"}', '"*"'),
            ),
            "a topic for whoever leaves out the key of the condition",
        ),
        Sabotage(
            AWS,
            added(
                "aws:sqs/queue:Queue",
                "jobs",
                {"policy": '{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:*"}]}'},
            ),
            "a queue for anyone",
        ),
    ),
    "private_interface_unfiltered": (
        Sabotage(
            HETZNER,
            edited(
                "app-1",
                "Server",
                "userData",
                "hook input priority filter; policy drop",
                "hook input priority filter; policy accept",
            ),
            "a host that lets in by policy",
        ),
        Sabotage(
            HETZNER,
            edited("database-1", "Server", "userData", "/etc/nftables.conf", "/etc/nftables.off"),
            "rules that nobody loads",
        ),
        Sabotage(
            HETZNER,
            edited("app-1", "Server", "userData", "- systemctl enable nftables\n- systemctl restart nftables\n", ""),
            "rules that nobody starts",
        ),
        Sabotage(
            HETZNER,
            edited("app-1", "Server", "userData", "ct state invalid drop", "accept"),
            "everything accepted first",
        ),
        Sabotage(
            HETZNER,
            all_of(
                changed("app-1", "Server", "userData", ABSENT),
                registered("app-1", "Server", {"ignore_changes": ("image",)}),
            ),
            "no user data",
        ),
    ),
}
