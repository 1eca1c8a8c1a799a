"""All of vectors/invalid/<fault>.json."""
import fault_entries
import fault_overlooked
import fault_rulings
import fault_uses
from fault import faults

__all__ = ["faults", "fault_entries", "fault_overlooked", "fault_rulings", "fault_uses"]
