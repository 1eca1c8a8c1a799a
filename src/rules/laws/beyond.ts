import { house, type Law } from "../law-shape.ts";

/** Past the rules: conflicts of interest, renewal by silence, decisions against rules. */
export const beyondRules: Readonly<Record<string, Law>> = {
  "CN-LIC-02": {
    jurisdiction: "CN",
    cites: "Administrative Licensing Law Art 50",
    mark: "T",
    says: "who asks 30 days before the end of a licence to have it renewed, and hears nothing until then, has it renewed",
    zh: "被许可人在行政许可有效期届满三十日前提出延续申请，行政机关在有效期届满前逾期未作决定的，视为准予延续",
    next: "state the day until which silence renews it; once it is renewed, let it run or revoke it",
    harm: "whoever asked in time loses a licence because an office said nothing",
  },
  "CN-COI-01": {
    jurisdiction: "CN",
    cites: "Civil Servants Law Art 59(16), 76, 77",
    mark: "T",
    says: "whoever has a tie to somebody, or whose close relative has one, stays out of what touches their interest",
    zh: "公务员执行公务时，涉及本人或者其亲属利害关系的，应当回避",
    next: "let the post sign that is named as free to",
    harm: "whoever has no friend in the office loses to one who has",
  },
  "CN-COI-02": {
    jurisdiction: "CN",
    cites: "Civil Servants Law Art 107",
    mark: "T",
    says: "whoever has left a post takes no work with a business directly related to it for two years, a former leader for three",
    zh: "公务员辞去公职或者退休的，原系领导成员的在离职三年内，其他公务员在离职两年内，不得到与原工作业务直接相关的企业或者其他营利性组织任职",
    next: "report it to the personnel office, which knows whether the post was a leader's and the business a related one",
    harm: "an office sells today what its holder is paid for tomorrow",
  },
  "V-RECUSED": house(
    "convention RECUSED",
    "whoever said that they stay out of a matter does not sign in it",
    "let the post sign that is named as free to",
    "已声明回避某一事项的人员，不得在该事项中签署",
  ),
  "V-ORDERED": house(
    "convention ORDERED",
    "what a court or an authority obliged the office to decide anew is decided by the day that it named",
    "decide it anew",
    "法院或者主管机关责令重新作出决定的，应当在其指定日期前作出",
  ),
  "V-PROMISE": house(
    "convention PROMISE",
    "what a post has promised is there on the day that it named",
    "keep it, or end it in public",
    "岗位承诺的事项，应当在承诺的日期前实现",
  ),
  "V-OVERRIDE": house(
    "convention OVERRIDE",
    "a decision against a rule names every rule that it breaks and no other, none of them absolute; it is signed by a second post, another person's, and looked at again within 12 months by somebody who did not sign it",
    "keep to the rule; or name exactly the rules that bind in principle and are broken, a day of review, and let a second post sign",
    "违反规则作出的决定，应当逐一载明所违反的规则，不得涉及绝对性规则，由另一岗位的另一人共同签署，并在十二个月内由未签署的人员复核",
  ),
};
