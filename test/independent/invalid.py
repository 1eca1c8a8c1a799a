"""All of vectors/invalid/<fault>.json."""
import fault_blocks
import fault_ends
import fault_entries
import fault_keys
import fault_receipts
import fault_retention
import fault_rulings
import fault_beyond  # noqa: F401
import fault_delays  # noqa: F401
import fault_passkeys  # noqa: F401
import fault_uses
from fault import faults

__all__ = [
    "faults", "fault_blocks", "fault_ends", "fault_entries", "fault_keys", "fault_receipts", "fault_retention", "fault_rulings", "fault_uses",
]
