"""What watches, counts and alarms, and settings of accounts that keep nothing."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_TYPES: Final[Mapping[str, tuple[str, ...]]] = {
    "an alarm; whom it tells is a topic, which is judged itself": (
        "aws:cloudwatch/alarmMuteRule:AlarmMuteRule",
        "aws:cloudwatch/compositeAlarm:CompositeAlarm",
        "aws:cloudwatch/metricAlarm:MetricAlarm",
    ),
    "a view of numbers": (
        "aws:cloudwatch/contributorInsightRule:ContributorInsightRule",
        "aws:cloudwatch/contributorManagedInsightRule:ContributorManagedInsightRule",
        "aws:cloudwatch/dashboard:Dashboard",
        "aws:cloudwatch/internetMonitor:InternetMonitor",
        "aws:cloudwatch/otelEnrichment:OtelEnrichment",
        "aws:cloudwatch/resourceMetricsConfiguration:ResourceMetricsConfiguration",
        "aws:rum/metricsDestination:MetricsDestination",
    ),
    "sends numbers, which are nobody's data": ("aws:cloudwatch/metricStream:MetricStream",),
    "makes numbers of logs": ("aws:cloudwatch/logMetricFilter:LogMetricFilter",),
    "a part of a log group, which is judged itself": (
        "aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy",
        "aws:cloudwatch/logIndexPolicy:LogIndexPolicy",
        "aws:cloudwatch/logStorageTierPolicy:LogStorageTierPolicy",
        "aws:cloudwatch/logStream:LogStream",
        "aws:cloudwatch/logTransformer:LogTransformer",
    ),
    "joins what is logged to where it goes; the destination is judged": (
        "aws:cloudwatch/logDelivery:LogDelivery",
        "aws:cloudwatch/logDeliverySource:LogDeliverySource",
    ),
    "binds a network to the log of its queries, which is judged itself": (
        "aws:route53/resolverQueryLogConfigAssociation:ResolverQueryLogConfigAssociation",
    ),
    "what of traces is sampled or grouped": (
        "aws:xray/group:Group",
        "aws:xray/indexingRule:IndexingRule",
        "aws:xray/samplingRule:SamplingRule",
        "aws:xray/traceSegmentDestination:TraceSegmentDestination",
    ),
    "rules and days of metrics, which are judged at their workspace": (
        "aws:amp/alertManagerDefinition:AlertManagerDefinition",
        "aws:amp/anomalyDetector:AnomalyDetector",
        "aws:amp/queryLoggingConfiguration:QueryLoggingConfiguration",
        "aws:amp/ruleGroupNamespace:RuleGroupNamespace",
        "aws:amp/scraperLoggingConfiguration:ScraperLoggingConfiguration",
        "aws:amp/workspaceConfiguration:WorkspaceConfiguration",
    ),
    "groups canaries": (
        "aws:synthetics/group:Group",
        "aws:synthetics/groupAssociation:GroupAssociation",
    ),
    "a rule that watches settings": (
        "aws:cfg/configurationAggregator:ConfigurationAggregator",
        "aws:cfg/conformancePack:ConformancePack",
        "aws:cfg/organizationConformancePack:OrganizationConformancePack",
        "aws:cfg/organizationCustomPolicyRule:OrganizationCustomPolicyRule",
        "aws:cfg/organizationCustomRule:OrganizationCustomRule",
        "aws:cfg/organizationManagedRule:OrganizationManagedRule",
        "aws:cfg/recorder:Recorder",
        "aws:cfg/recorderStatus:RecorderStatus",
        "aws:cfg/retentionConfiguration:RetentionConfiguration",
        "aws:cfg/rule:Rule",
    ),
    "reports on backups, and copies none": (
        "aws:backup/framework:Framework",
        "aws:backup/regionSettings:RegionSettings",
        "aws:backup/reportPlan:ReportPlan",
        "aws:backup/vaultNotifications:VaultNotifications",
    ),
    "finds who is let in, and lets nobody in": (
        "aws:accessanalyzer/analyzer:Analyzer",
        "aws:accessanalyzer/archiveRule:ArchiveRule",
    ),
    "what a detector looks at or passes over": (
        "aws:guardduty/detectorFeature:DetectorFeature",
        "aws:guardduty/filter:Filter",
        "aws:guardduty/iPSet:IPSet",
        "aws:guardduty/malwareProtectionPlan:MalwareProtectionPlan",
        "aws:guardduty/threatIntelSet:ThreatIntelSet",
        "aws:inspector/assessmentTarget:AssessmentTarget",
        "aws:inspector/assessmentTemplate:AssessmentTemplate",
        "aws:inspector/resourceGroup:ResourceGroup",
        "aws:inspector2/enabler:Enabler",
        "aws:inspector2/filter:Filter",
        "aws:macie/customDataIdentifier:CustomDataIdentifier",
        "aws:macie/findingsFilter:FindingsFilter",
        "aws:macie2/account:Account",
        "aws:macie2/classificationJob:ClassificationJob",
    ),
    "gathers findings in their region": (
        "aws:securityhub/account:Account",
        "aws:securityhub/actionTarget:ActionTarget",
        "aws:securityhub/automationRule:AutomationRule",
        "aws:securityhub/insight:Insight",
        "aws:securityhub/productSubscription:ProductSubscription",
        "aws:securityhub/standardsControl:StandardsControl",
        "aws:securityhub/standardsControlAssociation:StandardsControlAssociation",
        "aws:securityhub/standardsSubscription:StandardsSubscription",
    ),
    "whom AWS writes to about the account": (
        "aws:account/alternativeContact:AlternativeContact",
        "aws:account/primaryContact:PrimaryContact",
    ),
    "money, and no data": (
        "aws:billing/view:View",
        "aws:budgets/budget:Budget",
        "aws:computeoptimizer/enrollmentStatus:EnrollmentStatus",
        "aws:computeoptimizer/recommendationPreferences:RecommendationPreferences",
        "aws:costexplorer/anomalyMonitor:AnomalyMonitor",
        "aws:costexplorer/anomalySubscription:AnomalySubscription",
        "aws:costexplorer/costAllocationTag:CostAllocationTag",
        "aws:costexplorer/costCategory:CostCategory",
        "aws:costoptimizationhub/enrollmentStatus:EnrollmentStatus",
        "aws:costoptimizationhub/preferences:Preferences",
        "aws:invoicing/invoiceUnit:InvoiceUnit",
        "aws:savingsplans/savingsPlan:SavingsPlan",
    ),
    "how much of a service may be used": (
        "aws:licensemanager/association:Association",
        "aws:licensemanager/licenseConfiguration:LicenseConfiguration",
        "aws:servicequotas/autoManagement:AutoManagement",
        "aws:servicequotas/serviceQuota:ServiceQuota",
        "aws:servicequotas/template:Template",
        "aws:servicequotas/templateAssociation:TemplateAssociation",
    ),
    "names and groups resources": (
        "aws:resourceexplorer/index:Index",
        "aws:resourceexplorer/view:View",
        "aws:resourcegroups/group:Group",
        "aws:resourcegroups/resource:Resource",
        "aws:servicecatalog/appregistryApplication:AppregistryApplication",
        "aws:servicecatalog/appregistryAttributeGroup:AppregistryAttributeGroup",
        "aws:servicecatalog/appregistryAttributeGroupAssociation:AppregistryAttributeGroupAssociation",
        "aws:servicecatalog/tagOption:TagOption",
        "aws:servicecatalog/tagOptionResourceAssociation:TagOptionResourceAssociation",
    ),
    "which patches hosts get, and when": (
        "aws:ssm/defaultPatchBaseline:DefaultPatchBaseline",
        "aws:ssm/maintenanceWindow:MaintenanceWindow",
        "aws:ssm/maintenanceWindowTarget:MaintenanceWindowTarget",
        "aws:ssm/patchBaseline:PatchBaseline",
        "aws:ssm/patchGroup:PatchGroup",
    ),
    "how an application is rolled out": (
        "aws:appconfig/application:Application",
        "aws:appconfig/deployment:Deployment",
        "aws:appconfig/deploymentStrategy:DeploymentStrategy",
        "aws:appconfig/environment:Environment",
        "aws:codedeploy/application:Application",
        "aws:codedeploy/deploymentConfig:DeploymentConfig",
        "aws:codedeploy/deploymentGroup:DeploymentGroup",
        "aws:elasticbeanstalk/application:Application",
    ),
    "who has to agree to a change of code": (
        "aws:codecommit/approvalRuleTemplate:ApprovalRuleTemplate",
        "aws:codecommit/approvalRuleTemplateAssociation:ApprovalRuleTemplateAssociation",
    ),
    "a name or a version of a program, which is judged itself": (
        "aws:lambda/alias:Alias",
        "aws:sfn/alias:Alias",
    ),
    "which job goes first": (
        "aws:batch/jobQueue:JobQueue",
        "aws:batch/schedulingPolicy:SchedulingPolicy",
    ),
    "when an image is built, and which goes": (
        "aws:imagebuilder/lifecyclePolicy:LifecyclePolicy",
        "aws:imagebuilder/workflow:Workflow",
    ),
    "which data in messages is masked": ("aws:sns/dataProtectionPolicy:DataProtectionPolicy",),
}
"""Reason -> the types for which it holds."""

TYPES: Final[Mapping[str, str]] = MappingProxyType({type_: why for why, types in _TYPES.items() for type_ in types})
