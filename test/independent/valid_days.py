"""Stories of terms in working days."""
from lantern import BODIES, DIRECTOR, FOUNDERS, REGISTRAR, RULEBOOK, genesis, tenure
from office import Office, breach, private_paper, refused, utc
from valid_retention import story

__all__ = ["story"]

LIMITS = {**RULEBOOK["limits"], "questionWorkingDays": 3}
DESK = ("approved", 2, "desk")


def calendar(**other):
    return {"kind": "calendarAdopted", "calendar": "lantern", "year": 2026, "weekend": [6, 7], "holidays": ["2026-01-08"], "makeUps": ["2026-01-10"], **other}


def question(name, due):
    return {"kind": "questionReceived", "question": name, "due": utc(due), "paper": private_paper("question", name)}


@story
def working_days():
    o = Office()
    o.act(genesis(rulebook={**RULEBOOK, "calendar": "lantern", "limits": LIMITS}), *FOUNDERS)
    o.act({"kind": "post", "post": "desk", "title": "Desk", "body": BODIES[0]["body"], "powers": ["receiveQuestions"], "superior": "director"}, DIRECTOR)
    o.act(tenure(2, "desk"), DIRECTOR)
    # Monday, 5 January, in the morning. Without a calendar every day counts: until the end of Thursday.
    o.act(question("early", "2026-01-08 17:00"), DESK, ruling=refused(breach("V-QUESTION", ["due", utc("2026-01-08 17:00")], ["latest", utc("2026-01-08 16:00")])))
    o.act(question("early", "2026-01-08 16:00"), DESK)
    o.act(calendar(), REGISTRAR, ruling=refused(breach("I4", ["post", "registrar"], ["lacks-power", "adopt"])))
    o.act(calendar(makeUps=["2026-01-09"]), DIRECTOR, ruling=refused(breach("V-CALENDAR", ["no-weekend", "2026-01-09"])))
    o.act(calendar(year=2025), DIRECTOR, ruling=refused(
        breach("I14", ["year", 2025]), *(breach("V-CALENDAR", ["year", 2025], ["day", date]) for date in ("2026-01-08", "2026-01-10"))))
    o.act(calendar(), DIRECTOR)
    # Thursday is a holiday: Tuesday, Wednesday, Friday.
    o.act(question("holiday", "2026-01-09 17:00"), DESK, ruling=refused(breach("V-QUESTION", ["due", utc("2026-01-09 17:00")], ["latest", utc("2026-01-09 16:00")])))
    o.act(question("holiday", "2026-01-09 16:00"), DESK)
    # From Thursday on: Friday, the Saturday that is worked, Monday.
    o.act(question("made-up", "2026-01-12 16:00"), DESK, at="2026-01-08 02:00")
    o.act(calendar(makeUps=[]), DIRECTOR, at="2026-01-11 02:00", ruling=refused(breach("I14", ["day-of-year", 10])))
    o.act({"kind": "questionAnswered", "question": "made-up", "paper": private_paper("answer", "made-up")}, DESK)
    longer = {**RULEBOOK, "calendar": "lantern", "limits": {**LIMITS, "questionWorkingDays": 4}}
    o.act({"kind": "rulebookAdopted", "rulebook": longer}, DIRECTOR, ruling=refused(
        breach("I13", ["limit", "question"], ["number", 4], ["clock", "workingDays"], ["parent", 3], ["parent-clock", "workingDays"])))
    return o.case("Questions are answered within three working days: before a calendar every day counts, a holiday does not, and the Saturday that makes up for it does")
