"""Faults of usage logs as such: bytes, anchors, slots, blocks, and what is in public."""
import wire
from fault import fault, slot, swapped, used
from lantern import STEP_FEE, serving
from office import UsageLog, utc
from wire import b64u, sha


@fault
def usage_entry_with_free_text_member():
    o = serving()
    log = o.logs[0]
    log.block(slot(20), {**o.use("credit", slot(20), STEP_FEE), "note": "for the minister"})
    o.head(log, "2026-01-05 02:00:20")
    return o.case("A use has a member that no schema names", "usage-bytes")


@fault
def usage_entry_with_white_space():
    o = serving()
    log = o.logs[0]
    log.block(slot(20), swapped(wire.encode_bytes(o.use("credit", slot(20), STEP_FEE)), b',"fee"', b', "fee"'))
    o.head(log, "2026-01-05 02:00:20")
    return o.case("A space stands in a use", "usage-bytes")


@fault
def use_before_the_first_anchor():
    o = serving(minutes=False)
    log = UsageLog(o, "gate-1", "minute", "2026q1")
    o.logs.append(log)
    log.add(o.use("credit", slot(11), STEP_FEE))
    log.block(slot(11))
    o.head(log)
    return o.case("A use stands before the log's first anchor", "anchor-missing")


@fault
def anchor_falls():
    o, log = used()
    log.block("2026-01-05 02:10", o.use("credit", "2026-01-05 02:10", STEP_FEE))
    log.block("2026-01-05 02:11", size=12)
    log.block("2026-01-05 02:12")
    o.head(log, "2026-01-05 03:00:20")
    return o.case("An anchor rests on an older register than the anchor before", "anchor-falls")


@fault
def anchor_root_not_of_the_register():
    o, log = used()
    log.block("2026-01-05 02:10", o.use("credit", "2026-01-05 02:10", STEP_FEE), root=b64u(sha(b"another register")))
    o.head(log, "2026-01-05 03:00:20")
    return o.case("An anchor names a root that the register log does not have at that size", "anchor-root")


@fault
def anchor_beyond_the_register():
    o, log = used()
    size = len(o.entries) + 5
    log.block("2026-01-05 02:10", o.use("credit", "2026-01-05 02:10", STEP_FEE), size=size, root=b64u(sha(b"a register to come")))
    o.head(log, "2026-01-05 03:00:20")
    return o.case("An anchor names a size that the register log does not have", "anchor-root")


def blocked(*blocks, hour="2026-01-05 02:00:20", about=""):
    """A log of the minute with blocks of (slot of the anchor, slots of its uses)."""
    o = serving()
    for anchor, uses in blocks:
        o.logs[0].block(anchor, *(o.use("credit", one, STEP_FEE) for one in uses))
    o.head(o.logs[0], hour)
    return o.case(about, "slot")


@fault
def slot_outside_the_blocks():
    return blocked((slot(20), [slot(20), slot(21)]), about="A use bears another slot than its block")


@fault
def slot_falls():
    return blocked((slot(20), [slot(20)]), (slot(19), [slot(19)]), about="A block's slot lies before that of the block before")


@fault
def slot_not_a_whole_minute():
    return blocked((slot(20) + ":30", [slot(20) + ":30"]), about="A slot is finer than a minute")


@fault
def slot_outside_the_quarter():
    return blocked(("2026-04-01 00:00", ["2026-04-01 00:00"]), hour="2026-04-01 01:00:20", about="A slot of the next quarter stands in the old quarter's log")


@fault
def block_not_sorted():
    o = serving()
    log = o.logs[0]
    log.block(slot(20), *(o.use("credit", slot(20), STEP_FEE) for _ in range(2)), order=lambda raws, key: sorted(raws, key=key, reverse=True))
    o.head(log, "2026-01-05 02:00:20")
    return o.case("A block is not sorted by leaf hash", "block-order")


@fault
def use_twice_in_a_block():
    o = serving()
    log = o.logs[0]
    one = o.use("credit", slot(20), STEP_FEE)
    log.block(slot(20), one, one)
    o.head(log, "2026-01-05 02:00:20")
    return o.case("One and the same use stands twice in a block", "block-order")


# Slots and heads.


@fault
def slot_over_before_the_head():
    o, log = used()
    log.block(slot(30), o.use("credit", slot(30), STEP_FEE))
    o.head(log, "2026-01-05 03:00:20")
    return o.case("A use was entered behind a head, into a slot that had ended half an hour before the head", "slot")


@fault
def slot_after_its_head():
    o = serving()
    log = o.logs[0]
    log.block(slot(20), o.use("credit", slot(20), STEP_FEE))
    o.head(log, utc(slot(20)) - 1)
    return o.case("A head covers a use whose slot begins a millisecond after the head", "slot")


@fault
def slot_ahead():
    o = serving()
    o.logs[0].block("2026-01-15 01:00", o.use("credit", "2026-01-15 01:00", STEP_FEE))
    return o.case("A use stands in the log before its time: its slot begins a millisecond more than a minute after the check", "at-ahead",
                  now=utc("2026-01-15 00:59") - 1)


# What is in public.


@fault
def uses_withheld():
    o, log = used()
    return o.case("A head names entries whose slot ended a day ago, and the log does not show them", "withheld", usage=[log.shown(5)])


@fault
def usage_log_missing():
    o, _ = used()
    return o.case("A usage log that heads name is not shown at all", "withheld", usage=[])
