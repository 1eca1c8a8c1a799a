"""Stories of rules that a rulebook adopts: an operator who is chosen in competition, and what is withheld."""
from lantern import (
    AUTHORISATION, COMPANIES, DIRECTOR, FOUNDERS, OPERATOR, PERMIT_OFFICER, POSTS, PREPARER, PRICE_OFFICER, PRODUCT, REGISTRAR, RULEBOOK, SYSTEM, genesis, offered, permit,
)
from office import DAY, HOUR, MINUTE, Office, breach, granted, missing, private_paper, public_paper, refused, utc
from valid_days import story

RULES = ["CN-CMP-02", "CN-OPS-06", "CN-OPS-07", "CN-OPS-08", "CN-OPS-09", "CN-OPS-11", "CN-TND-01", "CN-TND-02", "CN-TND-03-BEGIN", "CN-TND-04",
         "CN-TND-07", "CN-TND-08"]
PLAN = ["needAndFeasibility", "operatorCriteria", "mode", "dataRange", "updateAndQuality", "term", "exit", "productList", "costAndIncome", "safety",
        "rights", "supervision"]


def paper(name):
    return public_paper(name, f"the {name}".encode())


def decision(on):
    return {"body": "bureau", "on": on, "minutes": private_paper("minutes", on)}


TENDER = {
    "documentsIssued": "2025-09-01", "documentsUntil": "2025-09-06", "bidsDue": "2025-09-21", "bidders": 4,
    "committee": {"members": 5, "outside": 4, "interested": 0}, "evaluated": "2025-09-25", "noticeFrom": "2025-09-28", "noticeUntil": "2025-10-03",
    "objections": [{"on": "2025-09-29", "answered": "2025-10-02"}], "awarded": "2025-10-03", "signed": "2025-11-02",
}
PROCEDURE = {
    **AUTHORISATION["procedure"], "review": {"conclusion": "noRestriction", "on": "2025-08-01", "paper": paper("review")},
    "plan": {"paper": paper("plan"), "items": PLAN}, "planDecision": decision("2025-08-01"), "tender": TENDER,
    "agreement": {"paper": paper("agreement"), "items": 13}, "agreementDecision": decision("2025-10-20"),
    "planFiling": {"on": "2025-08-02", "paper": paper("plan-filing")}, "agreementFiling": {"on": "2025-11-10", "paper": paper("filing")},
}


def authorised(name, **procedure):
    return {**AUTHORISATION, "authorisation": name, "procedure": {**PROCEDURE, **procedure}}


def tendered(name, **tender):
    return authorised(name, tender={**TENDER, **tender})


def fact(name, *more):
    return [["fact", f"procedure.{name}"], *more]


@story
def operator_in_competition():
    rulebook = {**RULEBOOK, "rules": [{"rule": rule} for rule in RULES] + [{"rule": "CN-TND-03", "number": 5}]}
    o = Office()
    o.act(genesis(rulebook=rulebook), *FOUNDERS)
    for act in (SYSTEM, COMPANIES, OPERATOR):
        o.act(act, REGISTRAR)
    appointed = {member: value for member, value in AUTHORISATION.items() if member != "procedure"}
    o.act(appointed, PREPARER, DIRECTOR, ruling=refused(
        missing("CN-CMP-02", *fact("review")), missing("CN-OPS-06", *fact("plan.items")), missing("CN-OPS-07", *fact("planDecision")), missing("CN-OPS-07", *fact("planFiling")),
        missing("CN-OPS-08", ["fact", "procedure"]), missing("CN-OPS-09", *fact("agreementDecision")), missing("CN-OPS-09", *fact("agreementFiling")),
        missing("CN-OPS-11", *fact("agreement.items"))))
    o.act(authorised("late-review", review={**PROCEDURE["review"], "on": "2025-08-02"}), PREPARER, DIRECTOR, ruling=refused(
        breach("CN-CMP-02", *fact("review.on", ["after", "procedure.planDecision.on"]))))
    o.act(authorised("short-plan", plan={**PROCEDURE["plan"], "items": PLAN[:6] + PLAN[7:]}), PREPARER, DIRECTOR, ruling=refused(
        breach("CN-OPS-06", *fact("plan.items", ["items", 11], ["wanted", 12], ["lacks", "exit"]))))
    o.act(tendered("short-notice", noticeUntil="2025-10-02"), PREPARER, DIRECTOR, ruling=refused(
        breach("CN-TND-03", *fact("tender.noticeUntil", ["days", 4], ["wanted", 5]))))
    o.act(tendered("no-time", bidsDue="2025-09-20"), PREPARER, DIRECTOR, ruling=refused(
        breach("CN-TND-01", *fact("tender.bidsDue", ["days", 19], ["wanted", 20]))))
    o.act(tendered("not-answered", objections=[{"on": "2025-09-29"}]), PREPARER, DIRECTOR, ruling=refused(
        missing("CN-TND-04", *fact("tender.objections.1.answered"))))
    o.act(tendered("among-friends", committee={"members": 6, "outside": 3, "interested": 1}), PREPARER, DIRECTOR, ruling=refused(
        breach("CN-TND-08", *fact("tender.committee.members", ["even", 6])),
        breach("CN-TND-08", *fact("tender.committee.outside", ["number", 3], ["whole", 6])),
        breach("CN-TND-08", *fact("tender.committee.interested", ["number", 1], ["wanted", 0]))))
    o.act(authorised("whole"), PREPARER, DIRECTOR)
    o.act({"kind": "rulebookAdopted", "rulebook": {**rulebook, "rules": rulebook["rules"][1:-1]}}, DIRECTOR, ruling=refused(
        breach("I13", ["rule", "CN-CMP-02"]), breach("I13", ["rule", "CN-TND-03"])))
    return o.case("An operator is chosen by the rules that the rulebook adopts, one of them tighter than the law's; each refusal leaves one thing out")


SECRET = {
    "kind": "withheld", "withholding": "camp-roads", "dataset": "companies", "ground": "stateSecret", "rule": "CN-SSL-03", "level": "secret",
    "proposal": private_paper("proposal", "proposal"), "circle": private_paper("circle", "circle"), "to": utc("2030-01-01 16:00"),
    "review": utc("2027-01-04 16:00"),
}


@story
def withheld_and_offered():
    o = Office()
    posts = [{**one, "powers": [*one["powers"], "withhold"]} if one["post"] == "director" else one for one in POSTS]
    o.act(genesis(posts=posts, rulebook={**RULEBOOK, "rules": [{"rule": f"CN-SSL-0{i}"} for i in (2, 3, 4)]}), *FOUNDERS)
    for act in (SYSTEM, COMPANIES, OPERATOR):
        o.act(act, REGISTRAR)
    bare = {member: SECRET[member] for member in ("kind", "withholding", "dataset", "ground", "rule")}
    o.act(bare, DIRECTOR, ruling=refused(
        missing("I5", ["end", "none"]), missing("CN-SSL-02", ["fact", "proposal"]), missing("CN-SSL-03", ["fact", "level"]),
        missing("CN-SSL-03", ["fact", "circle"]), missing("CN-SSL-03", ["fact", "to"]), missing("CN-SSL-04", ["fact", "review"])))
    o.act({**SECRET, "level": "topSecret"}, DIRECTOR, ruling=refused(breach("CN-SSL-02", ["body", "bureau"], ["level", "topSecret"])))
    o.act({**SECRET, "review": utc("2027-01-05 16:00")}, DIRECTOR, ruling=refused(
        breach("I5", ["review", utc("2027-01-05 16:00")], ["latest", o.clock + MINUTE + 365 * DAY]),
        breach("CN-SSL-04", ["fact", "review"], ["until", utc("2027-01-05 16:00")], ["latest", o.clock + MINUTE + 365 * DAY])))
    o.act(SECRET, DIRECTOR)
    product = {**PRODUCT, "purposes": ["credit-check"]}
    del product["authorisation"]
    o.act(product, PREPARER, DIRECTOR, ruling=refused(breach("V-WITHHELD", ["dataset", "companies"], ["withholding", "camp-roads"])))
    o.act({"kind": "withheldEnded", "withholding": "camp-roads", "reason": "request"}, DIRECTOR)
    o.act(product, PREPARER, DIRECTOR)
    o.act({**SECRET, "withholding": "again"}, DIRECTOR, ruling=refused(breach("V-WITHHELD", ["product", "companies.records"])))
    return o.case("A dataset is withheld with level, term, circle, proposal and review, and not because it is said to be secret; it is not offered meanwhile")


def application(name, due, **other):
    return {"kind": "applicationReceived", "application": name, "organisation": "brightline", "product": "companies.records", "purpose": "credit-check",
            "due": due, "paper": private_paper("application", name), **other}


def step(kind, name, **other):
    return {"kind": kind, "application": name, "paper": private_paper("letter", f"{kind} {name}"), **other}


@story
def application_decided():
    o = offered()
    late = utc("2026-02-02 01:00")
    # Received in the hour after eight: twenty days on end, to the end of that hour.
    begun = o.clock + MINUTE
    latest = -(-(begun + 20 * DAY) // HOUR) * HOUR
    o.act(application("credit", latest + HOUR), REGISTRAR, at=begun, ruling=refused(
        breach("CN-LIC-01", ["due", latest + HOUR], ["latest", latest])))
    begun = o.clock + MINUTE
    latest = -(-(begun + 20 * DAY) // HOUR) * HOUR
    o.act(application("credit", latest), REGISTRAR)
    asking = step("completionAsked", "credit", left=16, by=latest)
    o.act({**asking, "left": 17}, REGISTRAR, at=begun + 5 * DAY, ruling=refused(breach("CN-LIC-01", ["left", 17], ["most", 15 if latest == begun + 20 * DAY else 16])))
    o.act(asking, REGISTRAR)
    o.act(asking, REGISTRAR, ruling=refused(breach("V-ONCE", ["application", "credit"], ["step", "asked"])))
    again = lambda at: -(-(at + 16 * DAY) // HOUR) * HOUR
    back = begun + 15 * DAY
    o.act(step("completionReceived", "credit", due=again(back) + HOUR), REGISTRAR, at=back, ruling=refused(
        breach("CN-LIC-01", ["due", again(back) + HOUR], ["latest", again(back)])))
    latest = again(back + MINUTE)
    o.act(step("completionReceived", "credit", due=latest), REGISTRAR)
    o.act(step("applicationExtended", "credit", due=latest + 10 * DAY + HOUR), PERMIT_OFFICER, ruling=refused(
        breach("CN-LIC-01", ["due", latest + 10 * DAY + HOUR], ["latest", latest + 10 * DAY])))
    o.act(step("applicationExtended", "credit", due=latest + 10 * DAY), PERMIT_OFFICER)
    o.act(step("applicationExtended", "credit", due=latest + 11 * DAY), PERMIT_OFFICER, ruling=refused(
        breach("V-ONCE", ["application", "credit"], ["step", "extended"])))
    o.act(permit("credit", organisation="clearwater", decides="credit"), PREPARER, PERMIT_OFFICER, ruling=refused(
        breach("V-SCOPE", ["application", "credit"], ["organisation", "clearwater"])))
    o.act(permit("credit", purpose="flood-relief", decides="credit"), PREPARER, PERMIT_OFFICER, ruling=refused(
        breach("V-SCOPE", ["application", "credit"], ["purpose", "flood-relief"])))
    o.act(permit("credit", decides="credit"), PREPARER, PERMIT_OFFICER)
    o.act(step("applicationWithdrawn", "credit"), REGISTRAR, ruling=refused(breach("V-ENDED", ["application", "credit"])))
    o.act(application("ranking", late, purpose="ranking"), REGISTRAR)
    refusal = step("applicationRefused", "ranking", rule="V-PUR", redress=["administrativeReview", "court"], redressUntil=late + 60 * DAY)
    o.act(refusal, PREPARER, PERMIT_OFFICER)
    o.act(application("mistake", late), REGISTRAR)
    o.act(step("applicationWithdrawn", "mistake"), REGISTRAR)
    return o.case("Applications: the clock stands while the applicant is asked, once; one is granted by a permit that names it, one refused, one withdrawn")


TAKEN = "records-2026"


def taken(name, on, **other):
    return {"kind": "procedureStep", "procedure": TAKEN, "step": {"name": name, "on": on, **other}}


@story
def procedure_step_by_step():
    o = Office()
    more = {"registrar": ["receiveQuestions"], "price-officer": ["attest"]}
    posts = [{**one, "powers": [*one["powers"], *more.get(one["post"], [])]} for one in POSTS]
    rules = [{"rule": rule} for rule in ("CN-OPS-06", "CN-TND-03", "CN-TND-04", "V-ATTESTED")]
    o.act(genesis(posts=posts, rulebook={**RULEBOOK, "rules": rules}), *FOUNDERS)
    for act in (SYSTEM, COMPANIES, OPERATOR, {**OPERATOR, "organisation": "brightline", "title": "Brightline"}):
        o.act(act, REGISTRAR)
    day = "2026-01-05"
    opened = {"kind": "procedureOpened", "procedure": TAKEN, "body": "bureau", "datasets": ["companies"], "exclusive": False, "method": "openTender",
              "plan": {"paper": paper("plan"), "items": PLAN}, "record": paper("notice")}
    o.act({**opened, "plan": {"paper": paper("plan"), "items": PLAN[:11]}}, REGISTRAR, ruling=refused(
        breach("CN-OPS-06", *fact("plan.items", ["items", 11], ["wanted", 12], ["lacks", "supervision"]))))
    o.act(opened, REGISTRAR)
    issued = taken("documentsIssued", day, until=day, bidsDue=day, paper=paper("documents"))
    o.act(taken("signed", day, agreement={"paper": paper("agreement"), "items": 13}), REGISTRAR, ruling=refused(
        breach("V-PROCEDURE", ["procedure", TAKEN], ["step", "signed"], ["next-step", "documentsIssued"])))
    o.act(issued, REGISTRAR, ruling=refused(missing("V-ATTESTED", *fact("plan.items", ["may-attest", "price-officer"]))))
    o.act({"kind": "attested", "attestation": "plan", "papers": [paper("plan")], "found": {"what": "plan", "items": PLAN}}, PRICE_OFFICER)
    o.act(issued, REGISTRAR)
    declared = [private_paper("declaration", f"declaration {i}") for i in range(2)]
    o.act(taken("bidsClosed", day, bidders=["clearwater", "brightline"], paper=paper("bids"),
                committee=[{"outside": True, "declaration": one, "interest": False} for one in declared]), REGISTRAR)
    o.act({"kind": "attested", "attestation": "committee", "papers": declared, "found": {"what": "noTie"}}, PRICE_OFFICER)
    o.act(taken("evaluated", day, paper=paper("reasons"), scores=[{"bidder": "clearwater", "score": 880}, {"bidder": "brightline", "score": 910}]), REGISTRAR)
    # On the eighth the notice is over.
    o.act(taken("noticed", day, bidder="clearwater", until="2026-01-08", paper=paper("award")), REGISTRAR, ruling=granted(
        breach("V-POINTS", ["bidder", "clearwater"], ["points", 880], ["other", "brightline"], ["other-points", 910])))
    o.act({"kind": "objectionReceived", "procedure": TAKEN, "objection": "points", "stage": "result", "on": day, "paper": private_paper("objection", "points")},
          REGISTRAR)
    award = {"kind": "procedureAwarded", "procedure": TAKEN, "bidder": "clearwater", "on": "2026-01-08", "paper": paper("award")}
    o.act(award, PREPARER, DIRECTOR, at=utc("2026-01-08 01:00"), ruling=refused(
        breach("V-PROCEDURE", ["procedure", TAKEN], ["objection", "points"], ["step", "awarded"], ["next-step", "objectionAnswered"]),
        missing("CN-TND-04", *fact("tender.objections.1.answered"))))
    o.act({"kind": "objectionAnswered", "procedure": TAKEN, "objection": "points", "outcome": "rejected", "paper": private_paper("answer", "points")},
          PREPARER, DIRECTOR)
    o.act(award, PREPARER, DIRECTOR)
    o.act({"kind": "procedureWithdrawn", "procedure": TAKEN, "reason": "disputed", "paper": paper("withdrawal")}, DIRECTOR)
    o.act(award, PREPARER, DIRECTOR, ruling=refused(
        breach("V-ENDED", ["procedure", TAKEN]),
        breach("V-PROCEDURE", ["procedure", TAKEN], ["step", "awarded"], ["next-step", "signed"])))
    return o.case("A procedure step by step: the plan and the declarations are attested by another post, an objection stops the award, and the withdrawal stays")
