"""Faults of what goes: a log that is dropped and openings that are erased against the policy that the register gives."""
from fault import closing, fault, totals_rows, used
from lantern import DIRECTOR, END, machine_key
from office import DAY, HOUR, utc
from retention import KEEPER, drop, erase, keep, paper_of, uses_policy
from valid_retention import dropped

LATER = "2033-02-01 00:00"


def closed():
    o = keep(closing(totals_rows()))
    log = o.logs[0]
    return o, log, uses_policy(o, log, {"credit": END})


@fault
def dropped_a_millisecond_early():
    o, log, policy = closed()
    papers = drop(o, log, policy, at=policy["droppableFrom"] - 1)
    return o.case("A log is dropped a millisecond before the sixty months are over", "dropped", usage=[], papers=papers, now=LATER)


@fault
def dropped_under_a_policy_without_its_permit():
    o, log, _ = closed()
    papers = drop(o, log, uses_policy(o, log, {}))
    return o.case("A log is dropped as if no permit had been used in it", "dropped", usage=[], papers=papers, now=LATER)


@fault
def dropped_under_another_policy():
    o, log, policy = closed()
    papers = drop(o, log, {**policy, "keepMonths": 6}, at=policy["droppableFrom"])
    return o.case("A log is dropped in time, and its policy says another number of months than the rulebook", "dropped", usage=[], papers=papers, now=LATER)


@fault
def dropped_and_not_closed():
    o, log = used()
    keep(o)
    papers = drop(o, log, uses_policy(o, log, {"credit": END}))
    return o.case("A log is dropped that was never closed", "dropped", usage=[], papers=papers, now=LATER)


@fault
def dropped_twice():
    o, log, policy = closed()
    papers = drop(o, log, policy)
    drop(o, log, policy, at=o.clock + DAY)
    return o.case("A log is dropped that is dropped already", "dropped", usage=[], papers=papers, now=LATER)


@fault
def dropped_register_log():
    o, _, policy = closed()
    papers = drop(o, o.origin, policy)
    return o.case("The register log itself is dropped", "dropped", papers=papers, now=LATER)


@fault
def dropped_log_of_no_head():
    o, log, policy = closed()
    papers = drop(o, log.origin.replace("2026q1", "2025q4"), policy)
    return o.case("A log is dropped that no head names", "dropped", papers=papers, now=LATER)


@fault
def dropped_by_the_importer():
    o = closing(totals_rows())
    log = o.logs[0]
    o.act(machine_key("warehouse", "vintage", until=KEEPER["until"]), DIRECTOR)
    papers = drop(o, log, uses_policy(o, log, {"credit": END}), key="warehouse")
    return o.case("A log is dropped by a key that was enrolled for vintages", "record-key", usage=[], papers=papers, now=LATER)


@fault
def dropped_with_another_history():
    o, log, shown = dropped()
    other = log.checkpoint(root=paper_of({"v": 1})[0]["paper"].encode()[:32])
    return o.case("Somebody kept a checkpoint of a dropped log, of the size of its closing head and with another root", "two-histories", usage=[],
                  remembered=[other], now=LATER, **shown)


@fault
def dropped_with_totals_beyond_the_quota():
    o = keep(closing([{**totals_rows()[0], "uses": 6, "calls": 6, "steps": 6, "charged": 150}]))
    log = o.logs[0]
    papers = drop(o, log, uses_policy(o, log, {"credit": END}))
    return o.case("The totals of a dropped log say six calls under a permit for five", "use", usage=[], papers=papers, now=LATER)


@fault
def erased_a_millisecond_early():
    o, _, _ = closed()
    before = utc("2026-04-01 00:00")
    papers = erase(o, before, 1, at=utc("2029-04-01 00:00") - 1)
    return o.case("Openings are erased a millisecond before the thirty-six months are over", "erased", papers=papers, now=LATER)


@fault
def erased_again():
    o, _, _ = closed()
    before = utc("2026-04-01 00:00")
    papers = erase(o, before, 1) | erase(o, before - HOUR, 1, at=utc("2029-05-01 00:00"))
    return o.case("Openings are erased that were erased already", "erased", papers=papers, now=LATER)


@fault
def erased_under_another_policy():
    o, _, _ = closed()
    papers = erase(o, utc("2026-04-01 00:00"), 1, months=12, at=utc("2029-05-01 00:00"))
    return o.case("Openings are erased under a policy of twelve months, which no rulebook named", "erased", papers=papers, now=LATER)
