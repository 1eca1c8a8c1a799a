"""A story of prices: what an operator may take, the ceiling inside it, a trial price, and what it took."""
from lantern import (
    AUTHORISATION, CEILING, COMPANIES, DIRECTOR, END, FEE, FOUNDERS, OPERATOR, PAYER, POSTS, PREPARER, PRICE_OFFICER, PRODUCT, REGISTRAR, RULEBOOK, SYSTEM, genesis,
)
from office import Office, breach, granted, missing, public_paper, refused, utc
from valid_days import story

RULES = ["CN-PRC-02", "CN-PRC-03-REVENUE", "CN-PRC-04", "CN-PRC-06", "CN-PRC-09", "CN-PRC-10", "CN-PRC-12", "CN-PRC-13", "CN-PRC-17"]


def paper(name):
    return public_paper(name, f"the {name}".encode())


# 90,000 of cost, 10,000 of it subsidised; 7.33 percent of 80,000 are 5,864, and 4,136 of tax make 90,000.
COSTS = {"platform": 40_000, "processing": 30_000, "staff": 15_000, "acquisition": 2_000, "period": 3_000}
REVENUE = {
    "kind": "permittedRevenue", "revenue": "records-2026", "authorisation": "operate-2026", "firstYear": 2026, "years": 2, "currency": "CNY",
    "costs": COSTS, "subsidy": 10_000, "rate": 733, "bond": {"year": 2024, "yield": 333, "source": paper("yield")}, "tax": 4_136, "total": 90_000,
    "survey": {"year": 2025, "paper": paper("survey")},
}
GUIDED = {**CEILING, "revenue": "records-2026", "volume": 3_000, "hearing": {"on": "2026-01-05", "paper": paper("hearing")}}
INCOME = {
    "kind": "incomeStated", "authorisation": "operate-2026", "year": 2026, "currency": "CNY",
    "products": [{"product": "companies.records", "volume": 4_000, "income": 100_000}], "costs": COSTS, "accounts": paper("accounts"),
}
REPORT = {"kind": "reportSent", "report": "prices", "year": 2026, "about": "operate-2026", "paper": paper("report")}


@story
def price_as_a_procedure():
    o = Office()
    posts = [{**one, "powers": [*one["powers"], "setRevenue"]} if one["post"] == "price-officer" else one for one in POSTS]
    rules = [{"rule": rule} for rule in RULES] + [{"rule": "CN-PRC-07", "number": 400}]
    o.act(genesis(posts=posts, rulebook={**RULEBOOK, "rules": rules}), *FOUNDERS)
    for act in (SYSTEM, COMPANIES, OPERATOR, PAYER):
        o.act(act, REGISTRAR)
    for act in (AUTHORISATION, PRODUCT):
        o.act(act, PREPARER, DIRECTOR)
    o.act(CEILING, PRICE_OFFICER, ruling=refused(
        missing("CN-PRC-17", ["fact", "hearing"]), missing("CN-PRC-03-REVENUE", ["revenue", "none"], ["next-step", "permittedRevenue"])))
    o.act({**REVENUE, "total": 90_001}, PRICE_OFFICER, ruling=refused(breach("CN-PRC-05", ["total", 90_001], ["wanted", 90_000])))
    o.act({**REVENUE, "rate": 734, "total": 90_008}, PRICE_OFFICER, ruling=refused(breach("CN-PRC-07", ["rate", 734], ["most", 733])))
    o.act(REVENUE, PRICE_OFFICER)
    o.act({**GUIDED, "volume": 3_001}, PRICE_OFFICER, ruling=refused(
        breach("CN-PRC-03-REVENUE", ["year", 2026], ["ceilings", 90_030], ["revenue", 90_000])))
    o.act({**GUIDED, "amount": 90_000, "volume": 0}, PRICE_OFFICER, ruling=refused(breach("CN-PRC-03-REVENUE", ["volume", 0], ["least", 1])))
    o.act(GUIDED, PRICE_OFFICER, ruling=granted(missing("CN-PRC-03-REVENUE", ["volume-of", "companies.records"], ["volume", 3_000])))
    o.act(FEE, PREPARER, PRICE_OFFICER, ruling=refused(missing("CN-PRC-04", ["operating-since", "none"], ["next-step", "trial"])))
    o.act({**FEE, "trial": True}, PREPARER, PRICE_OFFICER)
    o.act(INCOME, PREPARER, DIRECTOR, ruling=refused(breach("V-ORDER", ["year", 2026], ["earliest", utc("2026-12-31 16:00")])))
    later = utc("2027-02-01 01:00")
    o.act(INCOME, PREPARER, DIRECTOR, at=later)
    o.act({**REPORT, "about": "operate-2025"}, REGISTRAR, ruling=refused(
        missing("V-REF", ["authorisation", "operate-2025"]), missing("CN-PRC-13", ["income-of", 2026], ["next-step", "incomeStated"])))
    o.act(REPORT, REGISTRAR)
    follows = {**REVENUE, "revenue": "records-2028", "firstYear": 2028, "years": 1,
               "bond": {**REVENUE["bond"], "year": 2026}, "survey": {**REVENUE["survey"], "year": 2027}}
    o.act(follows, PRICE_OFFICER, ruling=refused(breach("CN-PRC-10", ["owed", 10_000], ["deduction", 0], ["wanted", 10_000])))
    o.act({**follows, "deduction": 10_000, "total": 80_000}, PRICE_OFFICER)
    o.act({**FEE, "fee": "fee-too-early", "from": later}, PREPARER, PRICE_OFFICER, ruling=refused(breach("CN-PRC-14", ["from", later], ["entered", o.clock + 60_000])))
    o.act({**FEE, "fee": "fee-actual", "amount": 24, "to": END}, PREPARER, PRICE_OFFICER)
    return o.case("A price is the end of a procedure: what may be taken, its sum computed again; a ceiling inside it; a trial; income, whose excess goes off the next")
