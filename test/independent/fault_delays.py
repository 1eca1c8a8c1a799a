"""Faults against the delay of what is granted, and of disowning."""
from fault import fault
from lantern import DIRECTOR, PERMIT_OFFICER, PREPARER, STEP_FEE, permit
from valid_delays import CHEAPER, EFFECT, delayed, disowned, opened


def one_use(about, name, slot, fee, *findings, before=()):
    o, stolen = delayed()
    for act, *signers in before:
        o.act(act(stolen), *signers)
    log = opened(o)
    log.block(slot, o.use(name, slot, fee))
    o.head(log, "2026-01-05 04:10")
    return o.case(about, *findings)


@fault
def use_before_the_effect():
    return one_use("A use in the last minute before its permit takes effect", "late", "2026-01-05 03:59", STEP_FEE, "use")


@fault
def charge_before_the_effect():
    return one_use("A use was charged by a price that takes effect a minute later", "credit", "2026-01-05 03:59", CHEAPER, "charge")


@fault
def use_of_the_disowned():
    return one_use("A use of a permit that whoever had signed it disowned", "stolen", "2026-01-05 04:01", CHEAPER, "use", before=[(disowned, PERMIT_OFFICER)])


@fault
def disowned_too_late():
    o, stolen = delayed()
    o.act(disowned(stolen), PERMIT_OFFICER, at="2026-01-05 04:00")
    return o.case("An act was disowned when it had taken effect, and that was granted", "ruling")


@fault
def disowned_by_another():
    o, stolen = delayed()
    o.act(disowned(stolen), DIRECTOR)
    return o.case("An act was disowned by somebody who had not signed it, and that was granted", "ruling")


@fault
def ends_before_its_effect():
    o, _ = delayed()
    o.act(permit("short", to=EFFECT), PREPARER, PERMIT_OFFICER, at="2026-01-05 01:30")
    return o.case("A permit was granted that ends when it would take effect", "ruling")
