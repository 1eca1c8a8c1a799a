"""A story of a registration, every step of it, and of what waits for it."""
from lantern import (
    AUTHORISATION, COMPANIES, DIRECTOR, FOUNDERS, OPERATOR, PAYER, PERMIT_OFFICER, POSTS, PREPARER, PRODUCT, REGISTRAR, RULEBOOK, SYSTEM, genesis, permit,
)
from office import DAY, HOUR, Office, b64u, breach, granted, missing, private_paper, refused, sha, utc
from valid_days import calendar, story

RULES = [f"CN-REG-{number:02}" for number in range(1, 18) if number != 2]
NAME = [["registration", "companies-r1"]]


def step(kind, paper=True, **other):
    return {"kind": kind, "registration": "companies-r1", **({"paper": private_paper("letter", kind)} if paper else {}), **other}


def out_of_order(rule, state, following):
    return refused(breach(rule, *NAME, ["state", state], ["next-step", following]))


APPLIED = step(
    "registrationApplied", resource={"dataset": "companies"}, registrant={"body": "bureau"}, registry="bureau", type="first", title="Companies of Lantern",
    description="Number, name, status and turnover", evidence={"on": "2026-01-04", "digest": b64u(sha(b"companies as they were"))})
CODE = step("registrationCoded", paper=False, code="lantern-2026-0001")


@story
def registration_of_a_resource():
    posts = [{**one, "powers": [*one["powers"], "applyRegistrations", "registerResources"]} if one["post"] == "registrar" else one for one in POSTS]
    o = Office()
    o.act(genesis(posts=posts, rulebook={**RULEBOOK, "calendar": "lantern", "rules": [{"rule": rule} for rule in RULES]}), *FOUNDERS)
    o.act(calendar(), DIRECTOR)
    for act in (SYSTEM, COMPANIES, OPERATOR, PAYER):
        o.act(act, REGISTRAR)
    o.act(AUTHORISATION, PREPARER, DIRECTOR)
    o.act(PRODUCT, PREPARER, DIRECTOR)
    o.act(permit("credit"), PREPARER, PERMIT_OFFICER, ruling=refused(
        missing("CN-REG-01", ["dataset", "companies"], ["next-step", "registrationApplied"])))
    o.act({**APPLIED, "evidence": {**APPLIED["evidence"], "on": "2026-01-05"}}, REGISTRAR, ruling=refused(
        breach("CN-REG-04", ["fact", "evidence.on"], ["not-before", "entry"])))
    o.act({**APPLIED, "registrant": {"organisation": "brightline"}}, REGISTRAR, ruling=refused(
        breach("V-SCOPE", ["dataset", "companies"], ["organisation", "brightline"])))
    o.act(APPLIED, REGISTRAR)
    o.act(step("registrationReviewed"), REGISTRAR, ruling=out_of_order("CN-REG-05", "applied", "registrationAccepted"))
    # Three working days behind Monday, 5 January, of which Thursday is none: until the end of Friday.
    due = utc("2026-01-09 16:00")
    o.act(step("registrationAccepted", paper=False), REGISTRAR, at=due, ruling=granted(breach("CN-REG-08", ["due", due], ["entered", due])))
    o.act(step("registrationReviewed"), REGISTRAR)
    # Ten of them behind the Saturday that is worked.
    until = utc("2026-01-23 16:00")
    o.act(step("registrationNoticed", paper=False, until=until - HOUR), REGISTRAR, ruling=refused(
        breach("CN-REG-10", ["until", until - HOUR], ["earliest", until])))
    o.act(step("registrationNoticed", paper=False, until=until), REGISTRAR)
    objection = step("registrationObjected", paper=False, objection="whose-data", evidence=private_paper("evidence", "whose data these are"))
    o.act(objection, REGISTRAR, ruling=refused(missing("CN-REG-11", ["fact", "by"])))
    o.act({**objection, "by": private_paper("name", "somebody")}, REGISTRAR)
    end = until + 365 * DAY
    o.act({**CODE, "to": end}, REGISTRAR, ruling=out_of_order("CN-REG-11", "objected", "objectionDecided"))
    o.act(step("objectionDecided", objection="whose-data", outcome="rejected"), REGISTRAR)
    early = o.next()
    o.act({**CODE, "to": end}, REGISTRAR, ruling=refused(
        breach("CN-REG-12", ["until", until], ["entered", early], ["next-step", "registrationCoded"])))
    latest = utc("2029-01-23 16:00")
    o.act({**CODE, "to": latest + HOUR}, REGISTRAR, at=until, ruling=refused(breach("CN-REG-13", ["to", latest + HOUR], ["latest", latest])))
    o.act({**CODE, "to": end}, REGISTRAR)
    o.act(permit("credit"), PREPARER, PERMIT_OFFICER)
    o.act(step("registrationCorrected", paper=False, askedBy="interestedPerson", title="Companies"), REGISTRAR, ruling=refused(
        missing("CN-REG-15", ["fact", "consent"])))
    opens = end - 60 * DAY
    o.act(step("registrationRenewed", to=end + DAY), REGISTRAR, at=opens - HOUR, ruling=refused(
        breach("CN-REG-14", ["earliest", opens], ["entered", opens - HOUR])))
    o.act(step("registrationRenewed", to=end + DAY), REGISTRAR, at=opens)
    o.act(step("registrationChanged", what="content", on="2026-11-20"), REGISTRAR)
    o.act(step("cancellationAccepted", cause="loss"), REGISTRAR)
    o.act(step("registrationCancelled", paper=False), REGISTRAR)
    o.act(step("registrationRevoked", cause="fraud"), REGISTRAR, ruling=out_of_order("V-PROCEDURE", "cancelled", "registrationApplied"))
    o.act(permit("late", to=end), PREPARER, PERMIT_OFFICER, ruling=refused(
        missing("CN-REG-01", ["dataset", "companies"], ["next-step", "registrationApplied"])))
    return o.case("A dataset in the scope of an authorisation is registered, each step in its order and time; a permit waits for the code")
