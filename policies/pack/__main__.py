"""What the engine starts for `--policy-pack policies/pack`: serves for ever, as every pack does."""

from pathlib import Path

from pulumi_policy import PolicyPack

from baseline.surfaces.crossguard import PACK, policies

PolicyPack(PACK, policies=policies(Path(__file__).resolve().parents[2]))
