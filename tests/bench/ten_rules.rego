# Ten of the rules in Rego, as an expert would write them for OPA, equal to ours on the generated data: tests/bench
# compares the findings and not only the time. They are of every kind that ours are: an input that is there or not, a
# table, places, joins, ranges of addresses and ports, policies inside documents, all values of all resources.
#
# What makes them fast, measured with conftest 0.71.1 (OPA 1.21.1):
# - What is joined or looked up is a complete rule (`:=` of a comprehension), evaluated once. As a partial rule
#   (`contains`), with the member known, OPA evaluates the whole body again at every look-up: 119 s instead of 5 s.
# - Resources are grouped by type once, by a comprehension that OPA indexes, so no rule scans what it does not judge.
# - What many resources share (user data, prefixes) is matched once, as a set of distinct texts.
package main

import rego.v1

types := {resource.type | some resource in input.resources}

by_type := {type: resources |
	some type in types
	resources := [resource | some resource in input.resources; resource.type == type]
}

servers := object.get(by_type, "hcloud:index/server:Server", [])

instances := object.get(by_type, "aws:ec2/instance:Instance", [])

finding(rule, resource) := sprintf("%s %s", [rule, resource.urn])

deny contains finding("metadata_service_v1", instance) if {
	some instance in instances
	object.get(instance.inputs, ["metadataOptions", "httpTokens"], "optional") != "required"
}

deny contains finding("key_without_rotation", key) if {
	some key in by_type["aws:kms/key:Key"]
	not object.get(key.inputs, "enableKeyRotation", false)
}

deny contains finding("role_without_boundary", role) if {
	some role in by_type["aws:iam/role:Role"]
	not role.inputs.permissionsBoundary
}

# type: input, the value that protects, its default
guards := {
	"aws:backup/vault:Vault": ["forceDestroy", false, false],
	"aws:ec2/instance:Instance": ["disableApiTermination", true, false],
	"aws:lb/loadBalancer:LoadBalancer": ["enableDeletionProtection", true, false],
	"aws:route53/zone:Zone": ["forceDestroy", false, false],
	"aws:s3/bucket:Bucket": ["forceDestroy", false, false],
	"hcloud:index/loadBalancer:LoadBalancer": ["deleteProtection", true, false],
	"hcloud:index/network:Network": ["deleteProtection", true, false],
	"hcloud:index/server:Server": ["deleteProtection", true, false],
	"hcloud:index/storageBox:StorageBox": ["deleteProtection", true, false],
	"hcloud:index/volume:Volume": ["deleteProtection", true, false],
	"hcloud:index/zone:Zone": ["deleteProtection", true, false],
}

deny contains finding("delete_protection_off", resource) if {
	some type, [guard, wanted, default_value] in guards
	some resource in by_type[type]
	object.get(resource.inputs, guard, default_value) != wanted
}

deny contains finding("default_provider_in_use", resource) if {
	some type, resources in by_type
	regex.match(`^(aws|hcloud):`, type)
	some resource in resources
	resource.provider == ""
}

deny contains finding("host_without_firewall", server) if {
	some server in servers
	count(object.get(server.inputs, "firewallIds", [])) == 0
	some net in server.inputs.publicNets
	public(net)
}

public(net) if net.ipv4Enabled

public(net) if net.ipv6Enabled

allowed := {"AU", "DE", "FI", "US"}

countries := {
	"ash": "US", "fsn1": "DE", "hel1": "FI", "hil": "US", "nbg1": "DE", "sin": "SG",
	"ap-southeast-2": "AU", "ap-southeast-4": "AU", "us-east-1": "US", "us-west-2": "US",
}

deny contains finding("host_outside_countries", server) if {
	some server in servers
	not countries[server.inputs.location] in allowed
}

deny contains finding("host_outside_countries", instance) if {
	some instance in instances
	zone := instance.inputs.availabilityZone
	not countries[substring(zone, 0, count(zone) - 1)] in allowed
}

administration := ["203.0.113.0/28", "198.51.100.0/28", "2001:db8:10::/64"]

administration_ports := [
	[22, 23], [111, 111], [135, 135], [137, 139], [161, 162], [389, 389], [445, 445], [512, 514], [623, 623],
	[636, 636], [873, 873], [2049, 2049], [2222, 2222], [2375, 2377], [3389, 3389], [5900, 5999], [5985, 5986],
	[6000, 6063], [6443, 6443], [8006, 8006], [9090, 9090], [10000, 10000], [10250, 10250],
]

administers(first, last) if {
	some [from, to] in administration_ports
	first <= to
	from <= last
}

own_networks := {range |
	some type, input_name in {"hcloud:index/network:Network": "ipRange", "aws:ec2/vpc:Vpc": "cidrBlock"}
	some network in by_type[type]
	range := network.inputs[input_name]
}

strangers := {range |
	some range in ranges
	not declared(range)
}

ranges := {range |
	some firewall in by_type["hcloud:index/firewall:Firewall"]
	some rule in firewall.inputs.rules
	some range in rule.sourceIps
} | {range |
	some ingress in by_type["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"]
	range := ingress.inputs.cidrIpv4
}

declared(range) if {
	some network in administration
	net.cidr_contains(network, range)
}

declared(range) if {
	some network in own_networks
	net.cidr_contains(network, range)
}

deny contains finding("administration_port_open_beyond_declared_networks", firewall) if {
	some firewall in by_type["hcloud:index/firewall:Firewall"]
	some rule in firewall.inputs.rules
	rule.direction == "in"
	rule.protocol in {"tcp", "udp"}
	some range in rule.sourceIps
	range in strangers
	ports := split(rule.port, "-")
	administers(to_number(ports[0]), to_number(ports[count(ports) - 1]))
}

groups_of_hosts := {urn |
	some instance in instances
	some group in instance.inputs.vpcSecurityGroupIds
	some urn in group["$ref"]
}

groups_of_others := {urn |
	some type, input_name in {
		"aws:ec2/vpcEndpoint:VpcEndpoint": "securityGroupIds",
		"aws:lb/loadBalancer:LoadBalancer": "securityGroups",
	}
	some resource in by_type[type]
	some group in resource.inputs[input_name]
	some urn in group["$ref"]
}

opens_host(group) if group in groups_of_hosts

opens_host(group) if not group in groups_of_others

deny contains finding("administration_port_open_beyond_declared_networks", ingress) if {
	some ingress in by_type["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"]
	ingress.inputs.cidrIpv4 in strangers
	administers(ingress.inputs.fromPort, ingress.inputs.toPort)
	some group in ingress.inputs.securityGroupId["$ref"]
	opens_host(group)
}

secret_name := `([Pp]assphrase|[Pp]assw(or)?ds?|[Ss]ecret|[Tt]oken|[Ss]ecretString|([Aa]pi|[Pp]rivate|[Ss]ecret)_?[Kk]ey)$`

# One walk: to collect the distinct names of inputs first would need a second one, and took longer.
deny contains finding("secret_in_plain_input", resource) if {
	some resource in input.resources
	walk(resource.inputs, [path, value])
	is_string(value)
	regex.match(secret_name, path[count(path) - 1])
}

documents := {text | some host in array.concat(servers, instances); text := host.inputs.userData}

secret_marks := [
	`-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----`,
	`AGE-SECRET-KEY-1[0-9A-Z]{20,}`,
	`\b(?:AKIA|ASIA)[A-Z2-7]{16}\b`,
	`\b(?:gh[oprsu]_[A-Za-z0-9]{30,}|github_pat_\w{30,}|glpat-[\w-]{20,}|xox[abeprs]-[\w-]{10,}|[rs]k_live_\w{16,})`,
	`\$(?:1|2[aby]|5|6|7|g?y|argon2[a-z]*)\$[./A-Za-z0-9$=,+]{16,}`,
	`://[^\s/:@'"]*:[^\s/@'"$<{%]{3,}@`,
	`echo\s+["']?[\w-]+:[^\s"'$<{%]+["']?\s*\|\s*(?:sudo\s+)?chpasswd`,
	`(?i)(?:\b|_)(?:token|passwd|password|passphrase|secret|api_key|private_key)["']?[ \t]*[:=][ \t]*["']?[a-z]*[0-9][^\s"',;#]{3,}`,
]

leaking := {text |
	some text in documents
	some mark in secret_marks
	regex.match(mark, text)
}

deny contains finding("secret_in_plain_input", host) if {
	some host in array.concat(servers, instances)
	host.inputs.userData in leaking
}

policies := {
	"aws:backup/vaultPolicy:VaultPolicy",
	"aws:iam/rolePolicy:RolePolicy",
	"aws:kms/key:Key",
	"aws:s3/bucketPolicy:BucketPolicy",
	"aws:sns/topicPolicy:TopicPolicy",
}

deny contains finding("wildcard_grant", resource) if {
	some type in policies
	some resource in by_type[type]
	some statement in many(json.unmarshal(resource.inputs.policy).Statement)
	statement.Effect == "Allow"
	some action in many(statement.Action)
	regex.match(`^([^:]+:)?[*?]*[*][*?]*$`, action)
	everywhere(type, statement)
	not own_account(statement)
}

everywhere(type, _) if type != "aws:iam/rolePolicy:RolePolicy"

everywhere("aws:iam/rolePolicy:RolePolicy", statement) if {
	some resource in many(statement.Resource)
	regex.match(`^(arn:([^:]*:){4})?[*?/]+$`, resource)
}

own_account(statement) if {
	principals := many(statement.Principal.AWS)
	every principal in principals {
		endswith(principal, ":root")
	}
}

many(value) := value if is_array(value)

many(value) := [value] if not is_array(value)
