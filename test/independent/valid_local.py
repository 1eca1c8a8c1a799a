"""A story of local law: a district that tightens what its city wants, a pilot below it, and what ends by itself."""
from lantern import COMPANIES, DIRECTOR, FOUNDERS, POSTS, REGISTRAR, RULEBOOK, SYSTEM, body, genesis
from office import Office, breach, private_paper, refused, utc
from valid_days import story

EAST = {
    "kind": "localRulebookAdopted", "rulebook": "east-law", "title": "Rules of the east district", "parent": "lantern-2026", "body": "east-district",
    "until": utc("2027-06-30 16:00"), "rules": [{"rule": "CN-SSL-04", "number": 6}],
}
PILOT = {
    **EAST, "rulebook": "harbour-pilot", "title": "Earlier reviews, tried at the harbour", "parent": "east-law", "body": "harbour", "pilot": True,
    "until": utc("2026-06-30 16:00"), "rules": [{"rule": "CN-SSL-04", "number": 3}],
}


def held(name, by):
    return ({**SYSTEM, "system": f"{name}-register", "body": by}, {**COMPANIES, "dataset": name, "system": f"{name}-register"})


def withheld(name, dataset, review):
    return {"kind": "withheld", "withholding": name, "dataset": dataset, "ground": "stateSecret", "rule": "CN-SSL-03", "level": "secret",
            "proposal": private_paper("proposal", name), "circle": private_paper("circle", name), "to": utc("2030-01-01 16:00"), "review": review}


def beyond(review, latest):
    return refused(breach("CN-SSL-04", ["fact", "review"], ["until", review], ["latest", latest]))


@story
def local_law():
    o = Office()
    posts = [{**one, "powers": [*one["powers"], "adoptLocal", "withhold"]} if one["post"] == "director" else one for one in POSTS]
    conflicts = [{"rule": "CN-LIC-02", "against": "I5", "applies": "CN-LIC-02"}]
    o.act(genesis(posts=posts, rulebook={**RULEBOOK, "rules": [{"rule": "CN-SSL-04"}], "conflicts": conflicts}), *FOUNDERS)
    for act in (body("east-district", parent="bureau"), body("harbour", parent="east-district"), *held("shops", "east-district"), *held("ships", "harbour"),
                *held("taxes", "bureau")):
        o.act(act, REGISTRAR)
    o.act({**EAST, "until": utc("2030-06-30 16:00")}, DIRECTOR, ruling=refused(
        breach("V-LOCAL", ["until", utc("2030-06-30 16:00")], ["parent", "lantern-2026"], ["latest", RULEBOOK["until"]])))
    o.act({**EAST, "body": "price-office"}, DIRECTOR, ruling=refused(breach("V-LOCAL", ["post", "director"], ["not-over", "price-office"])))
    o.act(EAST, DIRECTOR)
    o.act({**PILOT, "rules": [{"rule": "CN-SSL-04", "number": 7}]}, DIRECTOR, ruling=refused(
        breach("I13", ["rule", "CN-SSL-04"], ["number", 7], ["parent", 6], ["parent-rulebook", "east-law"])))
    o.act({**PILOT, "body": "east-district"}, DIRECTOR, ruling=refused(breach("V-PILOT", ["body", "east-district"], ["parent", "east-law"])))
    o.act(PILOT, DIRECTOR)
    o.act({"kind": "localRulebookEnded", "rulebook": "east-law", "reason": "mistake"}, DIRECTOR, ruling=refused(
        breach("V-LOCAL", ["rulebook", "east-law"], ["parent-of", "harbour-pilot"])))
    # Of the bureau's own the law's twelve months, of the district's six, and at the harbour three.
    at, review = utc("2026-03-01 03:00"), utc("2026-09-01 04:00")
    o.act(withheld("taxes", "taxes", review), DIRECTOR, at=at)
    at = utc("2026-03-02 03:00")
    review = utc("2026-09-02 04:00")
    o.act(withheld("shops", "shops", review), DIRECTOR, at=at, ruling=beyond(review, utc("2026-09-02 03:00")))
    at, review = utc("2026-03-03 03:00"), utc("2026-06-03 04:00")
    o.act(withheld("ships", "ships", review), DIRECTOR, at=at, ruling=beyond(review, utc("2026-06-03 03:00")))
    o.act(withheld("shops", "shops", review), DIRECTOR)
    o.act({"kind": "pilotPromoted", "rulebook": "harbour-pilot"}, DIRECTOR)
    o.act({"kind": "pilotPromoted", "rulebook": "harbour-pilot"}, DIRECTOR, ruling=refused(breach("V-PILOT", ["rulebook", "harbour-pilot"])))
    o.act({"kind": "withheldEnded", "withholding": "shops", "reason": "replaced"}, DIRECTOR)
    # Promoted, it holds in the whole district, and longer than it was tried: until the district's own end.
    at, review = utc("2026-07-01 03:00"), utc("2026-10-01 04:00")
    o.act(withheld("shops-2", "shops", review), DIRECTOR, at=at, ruling=beyond(review, utc("2026-10-01 03:00")))
    at, review = utc("2027-06-30 16:00"), utc("2028-06-29 16:00")
    o.act(withheld("shops-3", "shops", review), DIRECTOR, at=at)
    return o.case("A district tightens what its city wants, a pilot at its harbour is promoted, and both end by themselves; what is looser is refused with its parent")
