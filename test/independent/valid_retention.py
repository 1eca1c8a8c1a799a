"""Stories of what goes when its time is over; `stories` are these and those of valid_watched.py."""
from fault import closing, totals_rows
from lantern import DIRECTOR, END, PERMIT_OFFICER, RULEBOOK
from office import HOUR, utc
from retention import drop, erase, keep, uses_policy
from valid import counted, opened, opening_data, story
from valid_watched import stories

__all__ = ["stories"]


def dropped():
    """A closed log, and the record that drops it sixty months after its permit has ended."""
    o = keep(closing(totals_rows()))
    log = o.logs[0]
    papers = drop(o, log, uses_policy(o, log, {"credit": END}))
    uses = [raw for raw in log.entries if b'"kind":"use"' in raw]
    return o, log, {"papers": papers, "receipts": o.use_receipts(log, uses, utc("2026-03-31 02:00"))}


@story
def log_dropped():
    o, log, shown = dropped()
    return o.case("A closed usage log is dropped sixty months after the permit that was used in it has ended: its head and totals stand",
                  usage=[], remembered=[log.checkpoint()], now=o.clock + 6 * 366 * 24 * HOUR, **shown)


@story
def log_dropped_and_kept_elsewhere():
    o, _, shown = dropped()
    return o.case("A copy still has a log that its office has dropped: it is checked in full", now=o.clock + 6 * 366 * 24 * HOUR, **shown)


@story
def log_dropped_after_a_longer_time():
    o = closing(totals_rows())
    log = o.logs[0]
    limits = {**RULEBOOK["limits"], "usesKeptMonths": 66, "openingsKeptMonths": 48}
    o.act({"kind": "rulebookAdopted", "rulebook": {**RULEBOOK, "limits": limits}}, DIRECTOR)
    ended = utc("2026-08-31 01:02:03")
    o.act({"kind": "permitRevoked", "permit": "credit", "reason": "request"}, PERMIT_OFFICER, at=ended)
    keep(o)
    papers = drop(o, log, uses_policy(o, log, {"credit": ended}, months=66))
    return o.case("A rulebook keeps uses for 66 months: from the revocation on 31 August to 29 February", usage=[], papers=papers,
                  now="2032-03-01 00:00")


@story
def log_of_open_data_dropped():
    o, log = opening_data()
    raw = opened("2026-01-05 01:10")
    log.block("2026-01-05 01:10", raw, counted("bus-stops", "2026-01-05 01:10", raw))
    o.head(log, "2026-04-01 00:00:20", closed=True)
    keep(o)
    papers = drop(o, log, uses_policy(o, log, {}))
    return o.case("A log of open data names no permit: sixty months after its closing head it is dropped", usage=[], papers=papers, now="2031-05-01 00:00")


@story
def openings_erased():
    o = keep(closing(totals_rows()))
    papers = erase(o, utc("2026-04-01 00:00"), 1)
    papers |= erase(o, utc("2026-04-01 00:00") + 1, 7, at=utc("2029-06-01 00:00"))
    return o.case("Openings are erased thirty-six months after their slots, and then those of later ones", papers=papers, now="2029-06-02 00:00")
