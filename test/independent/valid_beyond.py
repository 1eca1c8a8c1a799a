"""A story of what is past the rules: a tie, a decision against a rule, an order, a renewal by silence."""
from lantern import (
    AUTHORISATION, COMPANIES, DIRECTOR, FOUNDERS, OPERATOR, PAYER, PERMIT_OFFICER, POSTS, PREPARER, PRODUCT, REGISTRAR, RULEBOOK, SYSTEM, genesis, permit,
)
from office import DAY, HOUR, Office, breach, granted, missing, private_paper, public_paper, refused, utc
from valid_days import story

MORE = {"director": ["promise"], "registrar": ["receiveOrders"], "price-officer": ["override"]}
SECOND = ("approved", 3, "price-officer")
LONG = utc("2032-06-30 16:00")


def override(inside, **other):
    return {"kind": "override", "override": "six-years", "against": ["CN-OPS-10"], "reason": public_paper("reason", b"why so long"),
            "opinion": public_paper("opinion", b"what the lawyer says"), "review": utc("2026-12-31 16:00"), "act": inside, **other}


def order(name, **effect):
    return {"kind": "orderReceived", "order": name, "body": "price-office", "effects": [effect], "paper": private_paper("order", name)}


@story
def beyond_the_rules():
    o = Office()
    posts = [{**one, "powers": [*one["powers"], *MORE.get(one["post"], [])]} for one in POSTS]
    rules = [{"rule": rule} for rule in ("CN-COI-01", "CN-LIC-02", "CN-REV-01")]
    o.act(genesis(posts=posts, rulebook={**RULEBOOK, "rules": rules}), *FOUNDERS)
    for act in (SYSTEM, COMPANIES, OPERATOR, PAYER):
        o.act(act, REGISTRAR)
    long = {**AUTHORISATION, "to": LONG}
    latest = utc("2031-01-05 00:00") + o.next(None) % DAY
    broken = breach("CN-OPS-10", ["to", LONG], ["latest", latest])
    o.act(long, PREPARER, DIRECTOR, ruling=refused(broken))
    o.act(override(long), PREPARER, DIRECTOR, ruling=refused(
        missing("V-OVERRIDE", ["role", "approved"], ["power", "override"]), ))
    o.act(override({**long, "operator": "nobody"}, against=["CN-OPS-10", "V-REF"]), PREPARER, DIRECTOR, SECOND, ruling=refused(
        breach("V-OVERRIDE", ["absolute", "V-REF"]), missing("V-REF", ["organisation", "nobody"])))
    latest = utc("2031-01-05 00:00") + o.next(None) % DAY
    o.act(override(long), PREPARER, DIRECTOR, SECOND, ruling=granted(
        breach("V-OVERRIDE", ["override", "six-years"], ["review", utc("2026-12-31 16:00")]), breach("CN-OPS-10", ["to", LONG], ["latest", latest])))
    o.act({**PRODUCT, "permitsAre": "administrativeLicence"}, PREPARER, DIRECTOR)
    o.act({"kind": "tieDeclared", "tie": "brother", "person": 3, "to": {"organisation": "brightline"}, "nature": "family", "from": "2019",
           "until": "2026-01", "paper": private_paper("tie", "brother")}, DIRECTOR)
    begins, ends, silent = utc("2026-02-28 16:00"), utc("2026-05-31 16:00"), utc("2026-08-31 16:00")
    given = permit("credit", **{"from": begins, "to": ends})
    tied = breach("CN-COI-01", ["tie", "brother"], ["person", 3], ["organisation", "brightline"], ["let-sign", "none"])
    o.act(given, PREPARER, PERMIT_OFFICER, ruling=refused(tied))
    # The tie ends with January, at 16:00 UTC.
    o.act(given, PREPARER, PERMIT_OFFICER, at="2026-01-31 16:00")
    asked = {"kind": "renewalAsked", "permit": "credit", "paper": private_paper("renewal", "credit")}
    o.act(asked, REGISTRAR, ruling=refused(missing("CN-LIC-02", ["fact", "silentTo"], ["wanted", silent])))
    o.act({**asked, "silentTo": silent}, REGISTRAR, ruling=granted(breach("CN-LIC-02", ["permit", "credit"], ["silent-to", silent])))
    suspension = {"does": "suspends", "what": "permit", "id": "credit"}
    now = o.next(None)
    past = now - now % HOUR
    o.act(order("past", **suspension, until=past), REGISTRAR, ruling=refused(breach("V-ORDER", ["from", now], ["to", past])))
    o.act(order("stay", **suspension, until=begins), REGISTRAR)
    o.act({"kind": "promised", "promise": "stops", "post": "director", "about": "dataset", "title": "Bus stops", "due": ends}, DIRECTOR)
    refusal = {"kind": "renewalRefused", "permit": "credit", "rule": "V-PUR", "redress": ["court"], "redressUntil": silent,
               "paper": private_paper("letter", "no renewal")}
    o.act(refusal, PREPARER, PERMIT_OFFICER, at="2026-05-31 16:00", ruling=refused(
        breach("CN-LIC-02", ["permit", "credit"], ["renewed-since", ends])))
    o.act({"kind": "promiseKept", "promise": "stops"}, DIRECTOR)
    return o.case("A decision against a rule by two posts, a tie that keeps a person out until it ends, a stay by order, and a permit that silence renews")
