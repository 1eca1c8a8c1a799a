/**
 * The next lawful step of each rule in Chinese, by its English words as `src/rules/laws` has them; each follows 「下一步：」 or stands by
 * itself. `law-in.test.ts` fails where a rule has none.
 */
export const LAW_NEXT_ZH: Readonly<Record<string, string>> = {
  // Prices and revenue
  "offer it free of charge for these purposes": "就这些用途免费提供",
  "ask the price authority for a ceiling for an operator, or serve free of charge":
    "向价格主管部门申请制定运营机构的上限收费标准，或者免费提供",
  "let the price begin after its publication": "将收费的起始时间定在公布之后",
  "ask the authority whose price power it is": "报请具有该定价权限的机关",
  "free of charge (publish), or ask the price authority for a ceiling for an operator":
    "免费提供（公布），或者向价格主管部门申请制定运营机构的上限收费标准",
  "let a body of the province, or of the prefecture that it empowered, approve it":
    "由省级机关或者其授权的设区的市级机关批准",
  "let the maximum permitted revenue be set first, or lower the ceilings until they fit into it":
    "先核定最高准许收入，或者调低上限收费标准，使其合计不超过最高准许收入",
  "let the price be a trial until the year is over":
    "在运营满一个完整年度之前实行试行收费",
  "state the sum of the parts": "载明各组成部分之和",
  "state the survey of cost and the subsidy, also where it is none":
    "载明成本调查和财政补助，没有补助的也应载明",
  "lower the rate, or name the yield of the year before the survey":
    "降低利润率，或者载明成本调查前一年的国债收益率",
  "name fewer years": "缩短年数",
  "take it off, or spread it, once the income of the years behind was stated":
    "陈述以前年度的收入之后，一次或者分期核减",
  "set another ceiling": "另行制定上限收费标准",
  "name the accounts": "载明单独核算的账目",
  "state the income of the year, then send the report":
    "先陈述该年度收入，再报送报告",
  "state what was charged and what of it was too much, and give back no more than that":
    "载明所收金额及其中多收的部分，退还金额不超过多收的部分",
  "hear them, and name the record": "听取意见，并载明记录",
  "serve free of charge, or name such a provision":
    "免费提供，或者载明法律、行政法规的依据",
  "serve free of charge, or name the catalogue on which the fee stands":
    "免费提供，或者载明列有该项收费的目录清单",
  // Registration of resources
  "apply for the registration of the dataset, and take its steps to the code":
    "申请该数据集的登记，并依次办理至取得登记码",
  "apply for the registration of the product, and take its steps to the code":
    "申请该产品的登记，并依次办理至取得登记码",
  "apply to a registry of the right level, and let a post of that registry sign":
    "向相应级别的登记机构申请，并由该登记机构的岗位签署",
  "preserve the evidence, and apply on a later day with its day and digest":
    "先行存证，再于其后申请，并载明存证的日期和摘要",
  "take the step that is named as the next": "办理所指明的下一步骤",
  "apply for the first registration": "申请首次登记",
  "accept it as it is, or refuse it with reasons":
    "按现有材料受理，或者说明理由不予受理",
  "review it, with the reasons why it is late": "完成审核，并说明逾期的原因",
  "let the notice stand for its working days, by the calendar of that year":
    "依当年工作日历，公示满规定的工作日",
  "decide the objection, or bring name and evidence before the notice is over":
    "就异议作出决定；提出异议的，应在公示期满前实名并提交证据",
  "issue the code when the notice is over": "公示期满后发放登记码",
  "name the end that is given as the latest, or the end of the operation":
    "载明所指明的最晚终止日期，或者运营的终止日期",
  "renew it in its last 60 days, or apply for a further registration":
    "在有效期届满前60日内续展，或者另行申请登记",
  "bring the written consent or the proof": "提交书面同意或者证明",
  "cancel the registration": "注销登记",
  "name the cause, with the finding": "载明事由及查明的事实",
  "let the rulebook end no later than 28 February 2030":
    "规则手册的终止日期不得晚于2030年2月28日",
  "register the product": "登记该产品",
  // Authorised operation and tenders
  "name an end inside the limit of the rulebook":
    "载明不超过规则手册限值的终止日期",
  "let the review be made, and state its conclusion, its day, and of an exception its ground and end":
    "进行公平竞争审查，载明结论和日期；适用例外的，载明其依据和期限",
  "complete the plan": "补全实施方案",
  "let the plan be decided together and filed, and state by which minutes":
    "实施方案经集体决策并报送备案，并载明会议纪要",
  "choose the operator by tender, negotiation or another fair way, and state its record":
    "以招标、谈判或者其他公平竞争方式选定运营机构，并载明过程记录",
  "let the agreement be decided together and filed":
    "运营协议经集体决策并报送备案",
  "complete the agreement": "补全运营协议",
  "tender again, and give bidders their time": "重新招标，给足投标时间",
  "tender again, and give the documents out for longer":
    "重新招标，延长招标文件的发售期",
  "let the notice stand for longer, and award behind it":
    "延长公示期，公示期满后再确定中标人",
  "state a notice that began within its days, or evaluate and notice again":
    "载明在规定期限内开始的公示，或者重新评标并公示",
  "answer every objection in its days and before the award; where that is past, evaluate and notice again":
    "在规定期限内、确定中标人之前答复每项异议；已逾期的，重新评标并公示",
  "state a contract that was signed in time, or award again":
    "载明按期签订的合同，或者重新确定中标人",
  "let another committee judge": "另行组成评标委员会评标",
  "name the ground and the day of its review, after a review of competition that found an exception; or let others in":
    "经公平竞争审查认定属于例外后，载明依据和复核日期；或者允许其他主体进入",
  "answer it, and issue the documents again where it is right":
    "予以答复；异议成立的，重新发出招标文件",
  "none is needed: it is answered all the same": "无须办理：仍予答复",
  "none is needed: the supervising authority decides whether it admits it":
    "无须办理：由行政监督部门决定是否受理",
  "none is needed: it stands as decided late": "无须办理：记为逾期决定",
  "take the step that is next, or withdraw the procedure for a reason that everybody can read":
    "办理下一步骤，或者公开理由撤回程序",
  "let a post that may attest look into the paper, and sign what it found":
    "由有权查证的岗位查阅文件，并签署查证结果",
  "none is needed: what stood elsewhere before is in its paper":
    "无须办理：此前在他处公布的内容载于其文件",
  "none is needed: what came in time counts as it came":
    "无须办理：按期收到的，以收到之日为准",
  "none is needed: the reasons are in the paper of the evaluation":
    "无须办理：理由载于评标文件",
  "none is needed: its reason stands in the register":
    "无须办理：其原因载于登记簿",
  "none is needed: whoever reviews the exclusive right sees whom it shuts out":
    "无须办理：复核排他性权利者可据此看到谁被排除在外",
  "none is needed: the reasons of the refusal say what is different":
    "无须办理：不予许可的理由已说明不同之处",
  // Licences, remedies, secrets, persons
  "name a nearer day": "载明更早的日期",
  "name a day that is 60 days away at least": "载明至少在60日之后的日期",
  "let the proposal be written, and the officer of a body with that power approve it":
    "由承办人员书面拟定，由具有该定密权限的机关的定密责任人批准",
  "name level, circle and term": "载明密级、知悉范围和保密期限",
  "name a day within a year on which it is looked at again":
    "载明一年以内的复核日期",
  "name the statutory power and keep within it": "载明法定权限，并不得超出",
  "ask the person for consent, or name another legal basis":
    "取得个人的单独同意，或者载明其他法律依据",
  "let the impact be assessed, and name the paper and its day":
    "进行个人信息保护影响评估，并载明评估文件和日期",
  "state the day until which silence renews it; once it is renewed, let it run or revoke it":
    "载明逾期未决视为延续的截止日期；已经延续的，任其有效或者予以撤销",
  "let the post sign that is named as free to": "由所指明的可以签署的岗位签署",
  "report it to the personnel office, which knows whether the post was a leader's and the business a related one":
    "报告人事部门，由其认定是否属于领导成员、该单位是否与原业务直接相关",
  "decide it anew": "重新作出决定",
  "keep it, or end it in public": "履行承诺，或者公开终止承诺",
  "keep to the rule; or name exactly the rules that bind in principle and are broken, a day of review, and let a second post sign":
    "遵守规则；或者逐一载明所违反的原则性约束和复核日期，并由另一岗位共同签署",
  "authorise without excluding others, or say in public why one alone":
    "授权时不排除他人，或者公开说明仅授权一家的理由",
  "offer answers or aggregates": "提供核验或者汇总",
  // European Union
  "publish the fee, the same for everybody of a class":
    "公布收费，同一类别收费相同",
  "compute the compensation by the rules for health data":
    "依健康数据的规则计算补偿",
  "name the ground of the protection, or open it":
    "载明保护的理由，或者予以开放",
  "let the rulebook name the law on which these data are used for this purpose":
    "由规则手册载明为该用途使用这些数据的法律依据",
  "authorise without excluding others, or name the ground":
    "授权时不排除他人，或者载明依据",
  "show the general interest and the procedure, or authorise without excluding others":
    "说明公共利益和所经程序，或者授权时不排除他人",
  "name an end inside 12 months": "载明十二个月以内的终止日期",
  "publish the reasons": "公布理由",
  "let the user sign these terms": "由使用者签署这些条款",
  "let the applicant say which country, and decide on that":
    "由申请人声明所涉国家，并据此作出决定",
  "lower the price of these, or price all alike":
    "降低对这些主体的收费，或者统一收费",
  "price by the costs of these heads, or serve free of charge":
    "按这些成本类别收费，或者免费提供",
  "publish heads and method": "公布成本类别和计算方法",
  "name the impartial body in the refusal":
    "在不予许可的决定中指明公正的专业机构",
  "price by these costs, or give free of charge":
    "按这些成本收费，或者免费提供",
  "publish the method": "公布计算方法",
  "publish it and wait two months, and name the day of its review":
    "公布并等待两个月，同时载明复核日期",
  "name an end inside ten years": "载明十年以内的终止日期",
  "publish it and wait two months": "公布并等待两个月",
  "open it, and ask for nothing": "予以开放，不收取费用",
  "let a public body ask, or ask for another purpose":
    "由公共机构申请，或者改为其他用途",
  "this purpose is forbidden: nothing else can be done":
    "该用途已被禁止，没有其他办法",
  "complete the permit": "补全许可内容",
  "let the rulebook name a law on which the task rests":
    "由规则手册载明该项任务所依据的法律",
  "let the impact be assessed in its four parts, and name the paper and its day":
    "完成包含四项内容的影响评估，并载明评估文件和日期",
  // Delays of effect, and acts that a signer disowns
  "let it end later, or wait until the longer term has taken effect":
    "推迟终止时间，或者等待较长的期限生效",
  "revoke or end what it granted, or let somebody do so who has the power":
    "撤销或者终止其所准予的事项，或者由具有该项权限者办理",
  // Reports
  "fill the gaps of the disclosure and publish it": "补足披露的缺项并予以公布",
  "fill the gaps of the list": "补足清单的缺项",
  "fill the gaps of the record": "补足记录的缺项",
  // The program's own
  "register it first": "先行登记",
  "apply for a permit": "申请许可",
  "bring what is missing, or serve free of charge":
    "补足所缺事项，或者免费提供",
  "let the holder of a post with that power sign":
    "由具有该项权限的岗位任职者签署",
  "name an end": "载明终止日期",
  "leave identifiers and subjects out": "去除标识符和数据主体",
  "offer answers or records": "提供核验或者记录",
  "adopt a number that is no looser": "采用不更宽松的数值",
  "let it begin no earlier than its entry": "起始时间不得早于记入日志之时",
  "let another post sign": "由其他岗位签署",
  "register what it names first": "先行登记所提及的事项",
  "choose another id": "另选编号",
  "correct the dates": "更正日期",
  "name a purpose of the adopted list": "载明已通过的用途清单所列的用途",
  "stay inside the product, the authorisation or the permit":
    "不超出产品、授权或者许可的范围",
  "complete the product": "补全产品内容",
  "let a step be at least 100 rows": "每步不少于100行",
  "ask for a new one": "重新申请",
  "ask for a larger quota": "申请更大的用量",
  "ask again tomorrow": "明日再行查询",
  "none is needed": "无须办理",
  "name an end that lies the days of notice away":
    "载明通知期届满之后的终止日期",
  "decide it as it is": "按现有材料作出决定",
  "go on with the registration that runs, or name the other type":
    "继续办理正在进行的登记，或者改选另一登记类型",
  "withdraw the product first, or end the withholding":
    "先撤回产品，或者终止不予公开",
  "correct the days, or name the calendar": "更正日期，或者指明所依据的日历",
  "ask again with the number of the case": "注明案件编号后重新请求",
  "ask for less": "缩小请求范围",
  "name a host name with a dot in it (or localhost), and origins at that host or below it, by https, each once and without its usual port":
    "载明带点的主机名（或者 localhost），以及该主机名或者其下级主机名的 https 来源，各列一次，不写默认端口",
  "wait for a later edition": "等待后续版本",
  "let the body adopt it for itself, under a parent in force, with an end inside the parent's":
    "由该机构依据有效的上位规则手册自行通过，终止日期不晚于上位规则手册",
  "limit the pilot to a body below its parent's and to 24 months, and promote it before it ends":
    "将试点限于上位规则手册适用机构的下级机构，期限不超过二十四个月，并在终止前推广",
  "ask the office": "向本机构询问",
};
