"""A story under the law of another jurisdiction: what is exclusive, what a fee covers, when an application is decided."""
from lantern import (
    AUTHORISATION, CEILING, COMPANIES, DIRECTOR, FEE, FOUNDERS, HOSPITAL, OPERATOR, PAYER, PERMIT_OFFICER, POSTS, PREPARER, PRICE_OFFICER, PRODUCT, REGISTRAR, RULEBOOK, SYSTEM,
    gateway, genesis, permit,
)
from office import HOUR, MINUTE, Office, breach, missing, private_paper, public_paper, refused, utc
from valid_procedures import application, step, story

RULES = ["EU-DGA-01", "EU-DGA-03", "EU-DGA-04", "EU-DGA-05", "EU-DGA-06", "EU-DGA-11", "EU-DGA-16", "EU-DGA-17", "EU-DGA-18", "EU-DGA-20", "EU-DGA-21",
         "EU-ODD-06", "EU-ODD-08", "EU-AI-01"]
UNION = {
    **RULEBOOK, "jurisdiction": "EU", "rules": [{"rule": rule} for rule in RULES],
    "forbidden": [{"purpose": "social-scoring", "title": "Rating people", "rule": "EU-AI-01"}],
    "grounds": [{"ground": "cost-recovery", "rule": "EU-DGA-17", "payee": "body", "purposes": ["industry", "publicWelfare"]}],
}
BEGINS = utc("2026-02-01 16:00")
REASONS = public_paper("reasons", b"why one alone")
EXCLUSIVITY = {"ground": "generalInterest", "reasons": REASONS, "published": "2025-12-02", "review": utc("2029-02-01 16:00")}
COSTS = {"heads": [{"head": "reproduction", "amount": 1000}, {"head": "anonymisation", "amount": 1500}], "units": 100,
         "method": public_paper("method", b"how costs are found")}


def alone(name, **other):
    return {**AUTHORISATION, "authorisation": name, "exclusive": True, "exclusivity": EXCLUSIVITY, "from": BEGINS, "to": utc("2027-02-01 16:00"), **other}


def fee(name, **other):
    return {**FEE, "fee": name, "payee": {"body": "bureau"}, "ground": "cost-recovery", "costs": COSTS, "currency": "EUR", **other}


@story
def under_the_union():
    o = Office()
    posts = [{**one, "powers": [*one["powers"], "priceBodies"]} if one["post"] == "price-officer" else one for one in POSTS]
    o.act(genesis(posts=posts, rulebook=UNION), *FOUNDERS)
    o.act(SYSTEM, REGISTRAR)
    o.act(COMPANIES, REGISTRAR, ruling=refused(missing("EU-DGA-01", ["fact", "protection"])))
    o.act({**COMPANIES, "protection": ["businessSecret"]}, REGISTRAR)
    for act in (OPERATOR, PAYER):
        o.act(act, REGISTRAR)
    late = utc("2028-02-01 16:00")
    o.act(alone("two-years", to=late), PREPARER, DIRECTOR, ruling=refused(
        breach("EU-DGA-05", ["fact", "to"], ["until", late], ["latest", utc("2027-02-01 16:00")])))
    o.act(alone("unseen", exclusivity={**EXCLUSIVITY, "published": "2025-12-03"}), PREPARER, DIRECTOR, ruling=refused(
        breach("EU-ODD-06", ["fact", "exclusivity.published"], ["from", BEGINS], ["earliest", utc("2026-02-02 16:00")])))
    bare = {member: value for member, value in alone("bare").items() if member not in ("exclusivity", "procedure")}
    o.act(bare, PREPARER, DIRECTOR, ruling=refused(
        missing("EU-DGA-03", ["fact", "exclusivity.ground"]), missing("EU-DGA-04", ["fact", "procedure"]), missing("EU-DGA-04", ["fact", "exclusivity.ground"]),
        missing("EU-DGA-06", ["fact", "exclusivity.reasons"])))
    o.act(alone("a-year"), PREPARER, DIRECTOR)
    o.act(alone("restricting", exclusive=False, exclusivity={**EXCLUSIVITY, "ground": "restrictive", "published": "2025-12-31"}), PREPARER, DIRECTOR,
          ruling={"outcome": "granted", "flags": [
              breach("EU-ODD-08", ["fact", "exclusivity.published"], ["from", BEGINS], ["earliest", utc("2026-02-27 16:00")])]})
    product = {member: value for member, value in PRODUCT.items() if member != "authorisation"}
    o.act(product, PREPARER, DIRECTOR)
    o.act(fee("profit", amount=26), PREPARER, PRICE_OFFICER, ruling=refused(breach("EU-DGA-17", ["amount", 26], ["covers-costs", 25])))
    o.act(fee("overhead", costs={**COSTS, "heads": [{"head": "overhead", "amount": 2500}]}), PREPARER, PRICE_OFFICER, ruling=refused(
        breach("EU-DGA-17", ["head", "overhead"])))
    o.act(fee("firms", classes=["enterprise"], amount=20), PREPARER, PRICE_OFFICER)
    o.act(fee("research", classes=["research"], amount=21), PREPARER, PRICE_OFFICER, ruling=refused(
        breach("EU-DGA-16", ["fee", "research"], ["pays-more", "research"])))
    o.act(fee("research", classes=["research"], amount=5), PREPARER, PRICE_OFFICER)
    # Received on 5 January: until the same hour of 5 March, to the end of that hour.
    latest = utc("2026-03-05 02:00")
    o.act(application("credit", latest + HOUR), REGISTRAR, ruling=refused(breach("EU-DGA-20", ["due", latest + HOUR], ["latest", latest])))
    o.act(application("credit", latest), REGISTRAR)
    o.act(step("completionAsked", "credit", left=16, by=latest), REGISTRAR, ruling=refused(breach("EU-DGA-20", ["step", "completionAsked"])))
    o.act(step("applicationExtended", "credit", due=latest + 31 * 24 * HOUR), PERMIT_OFFICER, ruling=refused(
        breach("EU-DGA-20", ["due", latest + 31 * 24 * HOUR], ["latest", latest + 30 * 24 * HOUR])))
    o.act(permit("credit", decides="credit"), PREPARER, PERMIT_OFFICER, ruling=refused(missing("EU-DGA-11", ["fact", "terms.items"])))
    scoring = application("scoring", latest, purpose="social-scoring")
    o.act(scoring, REGISTRAR)
    o.act(permit("scoring", purpose="social-scoring", decides="scoring"), PREPARER, PERMIT_OFFICER, ruling=refused(
        breach("EU-AI-01", ["purpose", "social-scoring"]), missing("EU-DGA-11", ["fact", "terms.items"])))
    refusal = step("applicationRefused", "scoring", rule="EU-AI-01", redress=["court"], redressUntil=latest)
    o.act(refusal, PREPARER, PERMIT_OFFICER, ruling=refused(breach("EU-DGA-21", ["fact", "redress"], ["items", 0], ["wanted", 1], ["lacks", "impartialBody"])))
    o.act({**refusal, "redress": ["impartialBody"]}, PREPARER, PERMIT_OFFICER)
    o.act({"kind": "rulebookAdopted", "rulebook": {**UNION, "jurisdiction": "CN"}}, DIRECTOR, ruling=refused(
        *(breach("V-FORM", ["rule", rule], ["jurisdiction", "CN"]) for rule in RULES), breach("I13", ["jurisdiction", "CN"], ["parent", "EU"])))
    return o.case("Under the law of another jurisdiction: what is exclusive, what a fee covers, when an application is decided; one rule only flags")


@story
def charged_at_cost():
    o = Office()
    posts = [{**one, "powers": [*one["powers"], "priceBodies"]} if one["post"] == "price-officer" else one for one in POSTS]
    o.act(genesis(posts=posts, rulebook=UNION), *FOUNDERS)
    for act in (SYSTEM, {**COMPANIES, "protection": ["businessSecret"]}, PAYER, HOSPITAL):
        o.act(act, REGISTRAR)
    o.act({member: value for member, value in PRODUCT.items() if member != "authorisation"}, PREPARER, DIRECTOR)
    o.act(fee("firms", amount=20), PREPARER, PRICE_OFFICER)
    o.act(fee("welfare", classes=["welfare"], amount=5), PREPARER, PRICE_OFFICER)
    terms = {"paper": private_paper("terms", "terms"), "items": ["confidentiality", "noReidentification", "breachNotice"]}
    o.act(permit("credit", terms=terms), PREPARER, PERMIT_OFFICER)
    o.act(permit("relief", "flood-relief", "harbour-hospital", terms=terms), PREPARER, PERMIT_OFFICER)
    o.act(gateway(), DIRECTOR)
    minute = o.open_log("minute", o.clock + MINUTE)
    slot = "2026-01-05 01:20"
    minute.block(slot, o.use("credit", slot, ("firms", 20, "step"), rows=60), o.use("relief", slot, ("welfare", 5, "step"), rows=60))
    # A ceiling that somebody set counts, though none was wanted.
    o.act({**CEILING, "amount": 19, "currency": "EUR"}, PRICE_OFFICER, at="2026-01-05 01:20:10")
    minute.block(slot, o.use("credit", slot), o.use("relief", slot, ("welfare", 5, "step"), rows=60))
    o.head(minute, "2026-01-05 01:20:50")
    return o.case("Prices of a public body at cost, under no ceiling: public welfare pays its own, and nobody pays above a ceiling that was set after all")
