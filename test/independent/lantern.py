"""The invented office of Lantern: its posts, its acts, and the first entries that most cases share."""
from office import EDITION_DIGEST, HOST, MINUTE, ROWS_PER_STEP, Office, person_key, private_paper, public_key, public_paper, utc

# Signers: (role, person, post).
DIRECTOR = ("approved", 1, "director")
REGISTRAR = ("approved", 2, "registrar")
PREPARER = ("prepared", 2, "registrar")
PRICE_OFFICER = ("approved", 3, "price-officer")
PERMIT_OFFICER = ("approved", 3, "permit-officer")

END = utc("2027-12-31 16:00")
STEP_FEE = ("fee-records", 25, "step")
CALL_FEE = ("fee-answers", 150, "call")

RULEBOOK = {
    "rulebook": "lantern-2026", "title": "Rules of the Lantern data office", "until": utc("2029-12-31 16:00"),
    "purposes": [
        {"purpose": "credit-check", "title": "Checking creditworthiness", "class": "industry"},
        {"purpose": "flood-relief", "title": "Relief after floods", "class": "publicWelfare"},
        {"purpose": "city-planning", "title": "Planning the city", "class": "publicGovernance"},
    ],
    "grounds": [{"ground": "operating-fee", "rule": "CN-PRC-03", "payee": "operator", "purposes": ["industry"]}],
    "limits": {"keyDelayHours": 24, "authorisationMonthsMax": 60, "permitMonthsMax": 24, "feeMonthsMax": 24},
    "separated": ["product", "feeStandard", "authorisation", "permit"],
}

BODIES = [
    {"body": "bureau", "title": "Lantern Data Bureau", "level": "prefecture"},
    {"body": "price-office", "title": "Lantern Price Office", "level": "prefecture"},
]

POSTS = [
    {"post": "director", "title": "Director", "body": "bureau", "auditor": "auditor",
     "powers": ["appoint", "enrol", "adopt", "administer", "confirm", "approveProducts", "authorise"]},
    {"post": "registrar", "title": "Registrar", "body": "bureau", "superior": "director",
     "powers": ["register", "enrol", "report", "prepareProducts", "prepareFees", "prepareAuthorisations", "preparePermits"]},
    {"post": "price-officer", "title": "Price officer", "body": "price-office", "powers": ["setCeilings", "approveFees", "priceOperators"]},
    {"post": "permit-officer", "title": "Permit officer", "body": "bureau", "superior": "director", "powers": ["permit"]},
    {"post": "permit-deputy", "title": "Deputy permit officer", "body": "bureau", "superior": "director", "powers": ["permit"]},
    {"post": "clerk", "title": "Clerk", "body": "bureau", "superior": "registrar", "powers": ["register", "preparePermits"]},
    {"post": "auditor", "title": "Auditor", "body": "bureau", "powers": []},
]

TENURES = [
    {"person": 1, "post": "director", "mode": "full"},
    {"person": 2, "post": "registrar", "mode": "full"},
    {"person": 3, "post": "price-officer", "mode": "full"},
    {"person": 3, "post": "permit-officer", "mode": "full"},
]


def genesis(host=HOST, **other):
    return {
        "kind": "genesis", "title": "Lantern Data Office", "origin": f"{host}/register", "logKey": public_key("log-key"),
        "timeZone": {"name": "Lantern time", "offsetMinutes": 480}, "edition": {"number": 1, "digest": EDITION_DIGEST},
        "rulebook": RULEBOOK, "bodies": BODIES, "posts": POSTS, "tenures": TENURES,
        "persons": [{"person": number, "name": private_paper("name", f"name of person {number}")} for number in (1, 2, 3)],
        "keys": [{"person": number, "key": person_key(f"person-{number}")} for number in (1, 2, 3)], **other,
    }


FOUNDERS = [("approved", 1, "director"), ("approved", 2, "registrar"), ("approved", 3, "price-officer")]


def body(name, **other):
    return {"kind": "body", "body": name, "title": f"Lantern {name}", "level": "county", **other}


def person(number):
    return {"kind": "person", "person": number, "name": private_paper("name", f"name of person {number}")}


def tenure(number, post, **other):
    return {"kind": "tenure", "person": number, "post": post, "mode": "full", **other}


def enrolment(number, key):
    return {"kind": "keyEnrolled", "person": number, "key": person_key(key)}


def field(name, kind, classification, identifier=False):
    return {"name": name, "type": kind, "meaning": name.replace("_", " "), "classification": classification, "identifier": identifier}


SYSTEM = {"kind": "system", "system": "trade-register", "title": "Trade register", "body": "bureau", "description": "described"}
COMPANIES = {
    "kind": "dataset", "dataset": "companies", "title": "Companies", "system": "trade-register",
    "fields": [field("number", "text", "restricted", True), field("name", "text", "restricted"), field("status", "text", "restricted"),
               field("turnover", "integer", "restricted")],
}
RESIDENCE = {
    "kind": "dataset", "dataset": "residence", "title": "Residence", "system": "trade-register", "subject": "citizen",
    "fields": [field("citizen", "text", "personal", True), field("district", "text", "personal"), field("since", "date", "personal")],
}
STOPS = {
    "kind": "dataset", "dataset": "bus-stops", "title": "Bus stops", "system": "trade-register", "licence": "CC BY 4.0",
    "fields": [field("stop", "text", "open"), field("lines", "integer", "open")],
}
OPERATOR = {"kind": "organisation", "organisation": "clearwater", "title": "Clearwater Operating", "class": "enterprise"}
PAYER = {"kind": "organisation", "organisation": "brightline", "title": "Brightline Credit", "class": "smallEnterprise"}
HOSPITAL = {"kind": "organisation", "organisation": "harbour-hospital", "title": "Harbour Hospital", "class": "welfare"}
AUTHORISATION = {
    "kind": "authorisation", "authorisation": "operate-2026", "operator": "clearwater", "datasets": ["companies"], "exclusive": False,
    "procedure": {"method": "openTender", "record": public_paper("tender-record", b"record of the tender")}, "to": END,
}
PRODUCT = {
    "kind": "product", "product": "companies.records", "title": "Company records", "form": "records",
    "content": [{"dataset": "companies", "fields": ["number", "name", "status", "turnover"]}],
    "purposes": ["credit-check", "flood-relief"], "rowsMax": 1000, "rowsPerStep": ROWS_PER_STEP, "authorisation": "operate-2026",
}
CEILING = {"kind": "feeCeiling", "ceiling": "ceiling-records", "product": "companies.records", "amount": 30, "currency": "CNY", "unit": "step", "to": END}
FEE = {
    "kind": "feeStandard", "fee": "fee-records", "product": "companies.records", "payee": {"organisation": "clearwater"},
    "classes": ["smallEnterprise", "enterprise"], "amount": 25, "currency": "CNY", "unit": "step", "ground": "operating-fee", "to": END,
}


def permit(name, purpose="credit-check", organisation="brightline", **other):
    return {
        "kind": "permit", "permit": name, "organisation": organisation, "product": "companies.records", "purpose": purpose,
        "fields": ["number", "name", "status"], "where": ["number"], "rowsMax": 500, "quota": {"calls": 5},
        "application": private_paper("application", name), "to": END, **other,
    }


# A second line of business: answers about persons, for the log of the hour.

AUTHORISATION_ANSWERS = {**AUTHORISATION, "authorisation": "operate-answers", "datasets": ["residence"]}
ANSWERS = {
    "kind": "product", "product": "residence.answer", "title": "Is this the district?", "form": "answer",
    "content": [{"dataset": "residence", "fields": ["citizen", "district", "since"]}], "key": ["citizen"],
    "purposes": ["credit-check", "flood-relief"], "rowsMax": 1, "rowsPerStep": 100,
    "limits": {"perAskerPerDay": 200, "perSubjectPerDay": 3}, "authorisation": "operate-answers",
}
CEILING_ANSWERS = {"kind": "feeCeiling", "ceiling": "ceiling-answers", "product": "residence.answer", "amount": 200, "currency": "CNY", "unit": "call", "to": END}
FEE_ANSWERS = {**FEE, "fee": "fee-answers", "product": "residence.answer", "amount": 150, "unit": "call"}
ANSWER_PLAN = {
    "form": "answer", "dataset": "residence", "key": [{"field": "citizen", "value": "c-17"}],
    "values": [{"field": "district", "value": "Old Harbour"}],
}


def answer_permit(name, purpose, organisation):
    return permit(name, purpose, organisation, product="residence.answer", fields=["district"], where=["citizen"], rowsMax=1, quota={"calls": 100})


def answer(office, name, slot, fee=None, **other):
    """One answer about one person: the same size class whether the person is on record or not."""
    return office.use(name, slot, fee, operation="answer", fields="2", where="1", subjects=1, plan=ANSWER_PLAN, **other)


def answering(office):
    """Nine entries: answers about persons, charged to business, free of charge for public welfare."""
    office.act(RESIDENCE, REGISTRAR)
    office.act(HOSPITAL, REGISTRAR)
    office.act(AUTHORISATION_ANSWERS, PREPARER, DIRECTOR)
    office.act(ANSWERS, PREPARER, DIRECTOR)
    office.act(CEILING_ANSWERS, PRICE_OFFICER)
    office.act(FEE_ANSWERS, PREPARER, PRICE_OFFICER)
    office.act(answer_permit("answers", "credit-check", "brightline"), PREPARER, PERMIT_OFFICER)
    office.act(answer_permit("answers-relief", "flood-relief", "harbour-hospital"), PREPARER, PERMIT_OFFICER)
    office.act(permit("relief", "flood-relief", "harbour-hospital"), PREPARER, PERMIT_OFFICER)
    return office


def gateway(name="gate-1"):
    return {"kind": "gatewayOpened", "gateway": name, "title": f"Gateway {name}", "publicKey": public_key(name)}


def machine_key(name, *records, **other):
    return {"kind": "machineKeyEnrolled", "title": f"Key of {name}", "publicKey": public_key(name), "records": list(records), "until": END, **other}


def founded(clock="2026-01-05 01:00"):
    """Entry 0."""
    office = Office(clock=clock)
    office.act(genesis(), *FOUNDERS)
    return office


def registered(clock="2026-01-05 01:00"):
    """Entries 0 to 2: a system and a dataset."""
    office = founded(clock)
    office.act(SYSTEM, REGISTRAR)
    office.act(COMPANIES, REGISTRAR)
    return office


def offered(clock="2026-01-05 01:00", product=PRODUCT):
    """Entries 0 to 6: an operator with an authorisation offers a product."""
    office = registered(clock)
    office.act(OPERATOR, REGISTRAR)
    office.act(PAYER, REGISTRAR)
    office.act(AUTHORISATION, PREPARER, DIRECTOR)
    office.act(product, PREPARER, DIRECTOR)
    return office


def priced(clock="2026-01-05 01:00"):
    """Entries 0 to 8: ceiling and fee."""
    office = offered(clock)
    office.act(CEILING, PRICE_OFFICER)
    office.act(FEE, PREPARER, PRICE_OFFICER)
    return office


def serving(clock="2026-01-05 01:00", minutes=True, **permit_terms):
    """Entries 0 to 11: a permit, a gateway, and the first head of its log of the minute, entered at 01:11."""
    office = priced(clock)
    office.act(permit("credit", **permit_terms), PREPARER, PERMIT_OFFICER)
    office.act(gateway(), DIRECTOR)
    if minutes:
        office.open_log("minute", office.clock + MINUTE)
    return office


def granting(office, name="permit-deputy"):
    """Persons beyond the founders: number 4 with an enrolled key and a tenure."""
    office.act(person(4), REGISTRAR)
    office.act(enrolment(4, "person-4"), DIRECTOR, REGISTRAR, ("holder", 4, None))
    office.act(tenure(4, name), DIRECTOR)
    return office
