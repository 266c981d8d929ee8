"""What a deployment that failed or was cut off left behind, and the commands that recover from it."""

from baseline.recovery.asking import can_be_lost as can_be_lost
from baseline.recovery.finding import recover as recover
from baseline.recovery.imports import command_of_file as command_of_file
from baseline.recovery.imports import import_file as import_file
from baseline.recovery.records import Begun as Begun
from baseline.recovery.records import Existing as Existing
from baseline.recovery.records import Import as Import
from baseline.recovery.records import Lock as Lock
from baseline.recovery.records import Managed as Managed
from baseline.recovery.records import Trouble as Trouble
