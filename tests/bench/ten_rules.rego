# Ten of the rules in Rego, equal to ours on the same data: tests/bench compares the findings, not only the time.
package main

import rego.v1

deny contains finding("metadata_service_v1", resource) if {
	some resource in input.resources
	resource.type == "aws:ec2/instance:Instance"
	object.get(resource.inputs, ["metadataOptions", "httpTokens"], "optional") != "required"
}

deny contains finding("key_without_rotation", resource) if {
	some resource in input.resources
	resource.type == "aws:kms/key:Key"
	not object.get(resource.inputs, "enableKeyRotation", false)
}

deny contains finding("role_without_boundary", resource) if {
	some resource in input.resources
	resource.type == "aws:iam/role:Role"
	not resource.inputs.permissionsBoundary
}

deny contains finding("log_without_retention", resource) if {
	some resource in input.resources
	resource.type == "aws:cloudwatch/logGroup:LogGroup"
	object.get(resource.inputs, "retentionInDays", 0) == 0
}

deny contains finding("balancer_port_other_than_443", resource) if {
	some resource in input.resources
	resource.type == "aws:lb/listener:Listener"
	resource.inputs.port != 443
}

deny contains finding("balancer_port_other_than_443", resource) if {
	some resource in input.resources
	resource.type == "hcloud:index/loadBalancerService:LoadBalancerService"
	resource.inputs.listenPort != 443
}

deny contains finding("server_backups_switched_off", resource) if {
	some resource in input.resources
	resource.type == "hcloud:index/server:Server"
	not object.get(resource.inputs, "backups", false)
}

deny contains finding("unequal_hetzner_protections", resource) if {
	some resource in input.resources
	resource.type == "hcloud:index/server:Server"
	object.get(resource.inputs, "deleteProtection", false) != object.get(resource.inputs, "rebuildProtection", false)
}

deny contains finding("default_provider_in_use", resource) if {
	some resource in input.resources
	object.get(resource, "custom", true)
	regex.match(`^(aws|hcloud):`, resource.type)
	object.get(resource, "provider", "") == ""
}

locked contains urn if {
	some lock in input.resources
	lock.type == "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
	some urn in lock.inputs.backupVaultName["$ref"]
}

deny contains finding("vault_unlocked", resource) if {
	some resource in input.resources
	resource.type == "aws:backup/vault:Vault"
	not locked[resource.urn]
}

deny contains finding("host_without_firewall", resource) if {
	some resource in input.resources
	resource.type == "hcloud:index/server:Server"
	count(object.get(resource.inputs, "firewallIds", [])) == 0
}

finding(rule, resource) := sprintf("%s %s", [rule, resource.urn])
