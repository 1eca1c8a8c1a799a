import { house, type Law } from "../law-shape.ts";

/** How a procedure runs whose steps are acts: objections, who looked into the papers, and who is left out. */
export const procedures: Readonly<Record<string, Law>> = {
  "CN-CMP-01": {
    jurisdiction: "CN",
    cites: "Anti-Monopoly Law Art 39, 40, 42, 45",
    mark: "T",
    says: "no authority shuts others out by an agreement: an exclusive right names its legal ground, its end and the day on which it is looked at again",
    zh: "行政机关不得以协议、备忘录等方式排除、限制竞争：独家授权应当载明法律依据、截止日期和复核日期",
    next: "name the ground and the day of its review, after a review of competition that found an exception; or let others in",
    harm: "whoever could have offered the same is shut out, and the public pays for it",
    appeal: "the anti-monopoly law enforcement agency",
  },
  "CN-TND-05": {
    jurisdiction: "CN",
    cites: "Tendering Regulation Art 22",
    mark: "T",
    says: "an objection to the tender documents is answered within 3 days",
    zh: "对招标文件的异议，应当自收到之日起三日内作出答复",
    next: "answer it, and issue the documents again where it is right",
    harm: "a bidder bids on conditions that are wrong",
    appeal: "a complaint to the supervising authority",
  },
  "CN-TND-05-BEFORE": {
    jurisdiction: "CN",
    cites: "Tendering Regulation Art 22",
    mark: "T",
    says: "whoever objects to the tender documents does so 10 days before the bids are due",
    zh: "对招标文件有异议的，应当在投标截止时间十日前提出",
    next: "none is needed: it is answered all the same",
  },
  "CN-TND-06": {
    jurisdiction: "CN",
    cites: "Tendering Regulation Art 60",
    mark: "T",
    says: "a complaint goes to the supervising authority within 10 days of knowing",
    zh: "自知道或者应当知道之日起十日内向有关行政监督部门投诉",
    next: "none is needed: the supervising authority decides whether it admits it",
    appeal: "administrative review or the court",
  },
  "CN-TND-06-ADMIT": {
    jurisdiction: "CN",
    cites: "Tendering Regulation Art 61",
    mark: "T",
    says: "whether a complaint is admitted is decided within 3 working days",
    zh: "行政监督部门应当自收到投诉之日起三个工作日内决定是否受理",
    next: "none is needed: it stands as decided late",
    harm: "the award goes its way while nobody looks at the complaint",
  },
  "CN-TND-06-DECIDE": {
    jurisdiction: "CN",
    cites: "Tendering Regulation Art 61",
    mark: "T",
    says: "a complaint is decided within 30 working days of being admitted",
    zh: "自受理投诉之日起三十个工作日内作出书面处理决定",
    next: "none is needed: it stands as decided late",
    harm: "the award goes its way while nobody decides",
  },
  "V-PROCEDURE": {
    ...house(
      "convention PROCEDURE",
      "a procedure goes from step to step in their order, stops while an objection is open, and nobody goes past it or on with what is over",
      "take the step that is next, or withdraw the procedure for a reason that everybody can read",
      "程序依次进行，异议未答复期间暂停，不得绕过程序授权",
    ),
    harm: "whoever bids or objects is passed over",
  },
  "V-ATTESTED": {
    ...house(
      "convention ATTESTED",
      "what a plan, an agreement or a declaration says counts only as another post found it",
      "let a post that may attest look into the paper, and sign what it found",
      "方案、协议、利益申明的内容须经其他岗位核验后方为有效",
    ),
    harm: "whoever prepares a decision would be the only one to say what it rests on",
  },
  "V-TOLD": house(
    "convention TOLD",
    "a step from which the public has its days was entered after they began",
    "none is needed: what stood elsewhere before is in its paper",
    "公众期限的起始步骤在期限开始之后才登录",
  ),
  "V-POINTS": house(
    "convention POINTS",
    "who is to win has fewer points than another",
    "none is needed: the reasons are in the paper of the evaluation",
    "拟中标人的得分低于其他投标人",
  ),
  "V-WITHDRAWN": house(
    "convention WITHDRAWN",
    "a procedure about the same datasets was withdrawn",
    "none is needed: its reason stands in the register",
    "同一数据的程序此前已经撤回",
  ),
  "V-EFFECT": {
    ...house(
      "convention EFFECT",
      "one is refused what another has alone",
      "none is needed: whoever reviews the exclusive right sees whom it shuts out",
      "同一数据仅一家持有而他人被拒绝",
    ),
    harm: "the applicant cannot do what its competitor can",
  },
  "V-ALIKE": {
    ...house(
      "convention ALIKE",
      "one is refused what another of its class was permitted for the same purpose",
      "none is needed: the reasons of the refusal say what is different",
      "同类主体、同一用途，他人获准而本申请被拒绝",
    ),
    harm: "whoever is alike is treated otherwise",
  },
};
