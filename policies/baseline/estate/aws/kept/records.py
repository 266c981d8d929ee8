"""What AWS itself records: events of accounts, traces, metrics, findings and visits.

Sources, read 2026-11-26: the arguments and defaults of pulumi-aws 7.51.1; CloudTrail Lake, X-Ray, Managed Service for
Prometheus, Security Lake, CloudWatch RUM and Synthetics guides, "Encryption at rest" (always).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from baseline.estate.aws.kept.row import Policy, Row, Rows

ROWS: Final[Rows] = MappingProxyType(
    {
        "aws:cloudtrail/eventDataStore:EventDataStore": Row("event data store", "audit", key=("kmsKeyId",)),
        "aws:securitylake/dataLake:DataLake": Row(
            "data lake", "audit", key=("configuration.encryptionConfigurations.kmsKeyId",)
        ),
        "aws:xray/encryptionConfig:EncryptionConfig": Row("traces", "logs", key=("keyId",)),
        "aws:amp/workspace:Workspace": Row(
            "metrics",
            "system",
            key=("kmsKeyArn",),
            name="alias",
            policy=Policy("aws:amp/resourcePolicy:ResourcePolicy", "workspaceId", "policyDocument"),
        ),
        "aws:rum/appMonitor:AppMonitor": Row("visits", "logs"),
        "aws:synthetics/canary:Canary": Row("screenshots", "system", key=("kmsKeyArn",)),
        "aws:cloudwatch/logAnomalyDetector:LogAnomalyDetector": Row("patterns of logs", "logs", key=("kmsKeyId",)),
        "aws:detective/graph:Graph": Row("graph of behaviour", "logs"),
        "aws:auditmanager/assessment:Assessment": Row("evidence", "audit"),
        "aws:dataexchange/dataSet:DataSet": Row("data set"),
    }
)
"""Traces are kept for thirty days, whatever is asked for; all else says its days itself."""
