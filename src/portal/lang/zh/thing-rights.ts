/** Pages of datasets, products, authorisations, permits, prices and promises. */
export const thingRights = {
  Datasets: "数据集",
  Dataset: "数据集",
  "What data are registered here, who holds them, and whether anybody could be given them: open data by everybody, others under a permit.":
    "此处登记了哪些数据、由谁持有、是否有人可以获得：开放数据人人可得，其他数据须凭许可。",
  "Each dataset": "各数据集",
  "No such dataset is registered.": "没有这样的已登记数据集。",
  Classification: "分类",
  "Forms on offer": "可用形式",
  "Whether it is served": "是否提供",
  "Body, with its units": "机构（含下属单位）",
  "Form on offer": "可用形式",
  "Show these": "显示",
  "show all datasets": "显示全部数据集",
  "its id": "编号",
  "Where it belongs": "归属",
  "Lent under": "借入依据",
  "Who has a permit for it": "谁持有其许可",
  "Registered as": "登记码",
  "Ask for five rows": "请求五行数据",
  "that is a use, counted and not traced.": "这是一次使用，只计数、不追踪。",
  "Its first rows": "前几行数据",
  "Of vintage {vintage}, as this page got them from the gate at {time}. Data leave by that one way, so the page asked as everybody does; its question was counted as a use, once for all readers.":
    "版次 {vintage} 的数据，本页于 {time} 从网关取得。数据只经由网关流出，本页与任何人一样提出请求；该请求计为一次使用，供所有读者共用，只计一次。",
  "The vintage has no rows.": "该版次没有数据行。",
  "Products of it": "其产品",
  "Withheld: it is shown to nobody. Ground: {ground}.":
    "不予公开：不向任何人提供。理由：{ground}。",
  "Looked at again at {time}.": "复核时间：{time}。",
  "Who may operate it": "谁可以运营",
  "Authorisations over it, the newest first.": "对该数据集的授权，最新的在前。",
  "Nobody is authorised to operate it: what is offered of it the office offers itself.":
    "无人获授权运营：其产品由本机构自行提供。",
  "Its states": "各版次",
  "Each vintage, the newest first: how many rows, and the SHA-256 of the file that it is served from.":
    "各版次，最新的在前：行数，以及所用文件的 SHA-256。",
  "No vintage of it was entered.": "尚未记入任何版次。",
  Vintage: "版次",
  Rows: "行数",
  "{n} vintages in all; these are the newest {shown}.":
    "共 {n} 个版次；此处为最新的 {shown} 个。",
  Products: "产品",
  Product: "产品",
  "What is offered by permit: fields of datasets, in a form, for named purposes. Nothing is offered before an act approved it; open data need no permit.":
    "凭许可提供的内容：数据集的字段、形式和指定用途。未经行为批准不得提供；开放数据无须许可。",
  "all forms": "全部形式",
  "Each product": "各产品",
  "No such product was approved.": "没有这样的已批准产品。",
  Form: "形式",
  "Offered by": "提供方",
  State: "状态",
  "the office": "本机构",
  "in force, but its authorisation ended at {time}: nobody is answered":
    "有效，但其授权已于{time}终止：不应答任何人",
  "in force, but its authorisation is not: nobody is answered":
    "有效，但其授权未生效：不应答任何人",
  "in force, but what it was lent under ended at {time}: nobody is answered":
    "有效，但其借入依据已于{time}终止：不应答任何人",
  "in force, but what it was lent under is not: nobody is answered":
    "有效，但其借入依据未生效：不应答任何人",
  "in force, but its product ended at {time}: nobody is answered":
    "有效，但其产品已于{time}终止：不应答任何人",
  "in force, but its product is not: nobody is answered":
    "有效，但其产品未生效：不应答任何人",
  "Offered: whoever has a permit for it may ask, for its purposes and on its conditions.":
    "正在提供：持有其许可者可按其用途和条件请求。",
  "Not offered now: nobody is answered under it.":
    "目前不提供：不据此应答任何人。",
  "Prices, each with what it rests on": "价格及其依据",
  "No price was approved for it.": "尚未批准其价格。",
  "Who may use it": "谁可以使用",
  "Permits for it, the newest first.": "其许可，最新的在前。",
  "Nobody has a permit for it.": "没有人持有其许可。",
  "All {n} permits for it": "其全部 {n} 项许可",
  Purposes: "用途",
  Purpose: "用途",
  "Rows in one step of a price": "每步的行数",
  "Answers a day": "每日应答次数",
  "{asker} for each asker, {subject} about each subject":
    "每个申请人 {asker} 次，每个数据主体 {subject} 次",
  "About persons": "是否涉及个人",
  "yes: identifiers leave as tokens, and every use stands on the list of its subject":
    "是：标识符以假名标记输出，每次使用都列入当事人的清单",
  "What is in it": "内容",
  "Fields of datasets; a permit may reach fewer of them.":
    "数据集的字段；许可的范围可能更小。",
  "Nothing is in it.": "没有内容。",
  Field: "字段",
  Meaning: "含义",
  "Who pays what now": "目前谁付多少",
  "By purpose and class of payer": "按用途和付费者类别",
  "As the gate decides it, by class and never by name.":
    "与网关的判定相同，按类别，从不针对特定主体。",
  "None of its purposes is in the rulebook now.":
    "其用途目前都不在规则手册中。",
  Ceilings: "上限收费标准",
  Ceiling: "上限收费标准",
  "The most that may be charged for it; of those in force the one entered last counts.":
    "可收取的最高价格；在有效者中以最后记入者为准。",
  "No ceiling stands above its prices.": "其价格没有上限收费标准。",
  "Under permitted revenue": "所属最高准许收入",
  "Expected a year": "预计年用量",
  "{amount} per {unit}": "每{unit} {amount}",
  "not in the rulebook any more": "规则手册中已无此依据",
  "By class of payer, never by name. Of several prices in force for one product and class the one entered last is charged. A price whose ground the rulebook no longer has is not charged.":
    "按付费者类别，从不针对特定主体。同一产品、同一类别有数项有效价格的，按最后记入的一项收取。规则手册中已无其依据的价格不予收取。",
  "Not charged now to: {payers}.": "目前不向以下类别收取：{payers}。",
  "Of several prices in force this one, entered last, is charged to: {payers}.":
    "在数项有效价格中，向以下类别收取的是最后记入的本项价格：{payers}。",
  "Not charged to: {payers}. {fee} was entered later and is charged in its place.":
    "不向以下类别收取：{payers}。{fee}记入在后，取代本项收取。",
  Price: "价格",
  "Paid to": "收款方",
  Amount: "金额",
  "Paid by": "付费者类别",
  Ground: "依据",
  "A trial price: asked until a year of operation is over and its cost can be surveyed.":
    "试行收费：适用至运营满一年、可以核查成本之时。",
  "Under the authorisation": "所属授权",
  "What it costs": "成本",
  "The act that approved it says nothing of what a year costs; where the law wants that, its rules say so in the ruling.":
    "批准该价格的行为没有说明年度成本；法律要求说明的，裁定中会指出。",
  "{total} a year over {units} units is {perUnit} for one; asked is {asked}.":
    "每年 {total}，分摊到 {units} 个单位，每单位 {perUnit}；收费为{asked}。",
  "How costs are worked out stands in a public paper that nobody has handed in here.":
    "成本计算方法在一份公开文件中，但尚无人在此提交。",
  "How costs are worked out (a public paper)": "成本计算方法（公开文件）",
  "Costs of a year": "年度成本",
  "By heads, as the act that approved the price states them.":
    "按科目，依批准该价格的行为所述。",
  Head: "科目",
  "By month over all permits, as the usage logs that are public add up.":
    "按月汇总全部许可，依已公开的使用日志。",
  "Nothing that was charged under it is public yet.": "尚无公开的收费。",
  Month: "月份",
  Uses: "使用次数",
  Calls: "调用次数",
  Steps: "步数",
  Charged: "已收取",
  "What went back": "退还的费用",
  "What of a charge was too much is the word of those who signed.":
    "多收多少，以签署者的说法为准。",
  Payer: "付费者",
  "Too much": "多收",
  "Given back": "已退还",
  Permits: "许可",
  Permit: "许可",
  "The right of one organisation to use one product for one purpose. Open data need none.":
    "一个组织为一种用途使用一种产品的权利。开放数据无须许可。",
  "Narrowed by:": "筛选条件：",
  "show all permits": "显示全部许可",
  "Each permit": "各许可",
  "No such permit was granted.": "没有这样的许可。",
  "It was revoked. Reason: {reason}.": "已撤销。原因：{reason}。",
  "Where to go against it, and until when, its holder is told outside this page. Appeals that were lodged stand below.":
    "救济途径和期限另行告知持有人，不在本页公开。已提起的复议与诉讼列于下方。",
  "It had decided the application {application}.":
    "该许可曾就申请 {application} 作出决定。",
  "What it stands on": "所依据的环节",
  "From the data up. If one link is not in force, nobody is answered under the permit.":
    "自数据起逐级列出。任一环节无效，即不据此许可应答任何人。",
  Link: "环节",
  Name: "名称",
  registered: "已登记",
  "Purpose, ground and price": "用途、依据与价格",
  "{purpose}, which is not in the rulebook any more":
    "{purpose}，已不在规则手册中",
  "Price now": "现行价格",
  "How far it reaches": "许可范围",
  Fields: "字段",
  "Fields in conditions": "条件字段",
  "Rows that it reaches": "可及的行",
  "Rows an answer at most": "每次应答的最多行数",
  "Quota of calls": "调用次数用量",
  "Quota of steps": "步数用量",
  "Data go to": "数据去往",
  "Assessed on": "评估日期",
  "What was used under it": "据此的使用",
  "By month, as the usage logs that are public add up. What was asked for stands in none of them.":
    "按月汇总，依已公开的使用日志。所请求的内容不在其中。",
  "No use under it is public yet.": "尚无公开的使用。",
  "free of charge": "免费",
  Renewal: "延续",
  "Another term was asked for at {time}.": "{time} 申请延续。",
  "Nobody has decided it; where the law takes silence for a yes, it stands longer meanwhile.":
    "尚未决定；法律规定逾期未决视为准予延续的，其间继续有效。",
  "Nobody has decided it yet.": "尚未决定。",
  "It was decided at {time}.": "{time} 作出决定。",
  "How much it is used": "使用情况",
  "By month over all permits, as the usage logs that are public add up. Uses of open data have no permit and are not in it.":
    "按月汇总全部许可，由已公开的使用日志相加而得。开放数据的使用没有许可，不在其中。",
  "No use of it under a permit is public yet.": "尚无已公开的许可使用。",
  Authorisation: "授权",
  Authorisations: "授权",
  "may operate these data, and nobody else may.":
    "可以运营这些数据，其他人不得运营。",
  "may operate these data, beside others.": "可以与他人同时运营这些数据。",
  "What is offered under it": "据此提供的产品",
  Operator: "运营机构",
  Exclusive: "排他",
  "Ground of that": "排他的依据",
  "Looked at again": "复核",
  "Confirms what was reported as": "确认的补报事项",
  "How it came about": "产生经过",
  "How the operator was chosen is not told.": "未说明运营机构如何选定。",
  "By {method}, as it was told afterwards.": "以{method}方式选定，事后补述。",
  "By {method}, in steps that are acts of their own ({procedure}).":
    "以{method}方式选定，各步骤均为独立的行为（{procedure}）。",
  "Chosen by": "实施机构",
  "Who bid": "投标人",
  "Step by step": "各步骤",
  "Each step, the day that was stated, and the entry that states it.":
    "每一步骤、所陈述的日期，以及陈述该步骤的记录。",
  "No step of a procedure stands in the register.": "登记簿中没有程序步骤。",
  "No.": "序号",
  Step: "步骤",
  Day: "日期",
  "Not known from the register: {parts}.": "登记簿中未载明：{parts}。",
  "The steps of the table on one line of time, from the first to the last: {days} days.":
    "表中各步骤在时间轴上的位置，首尾相距 {days} 天。",
  "{n} steps in {days} days": "{days} 天内 {n} 个步骤",
  "What may be taken in a year": "每年可收取的总额",
  "The permitted revenue; its parts stand on the page of prices.":
    "最高准许收入；其构成见价格页面。",
  "No act says what the operator may take.": "没有行为规定运营机构可收取多少。",
  Years: "年度",
  "A year": "每年",
  Promises: "承诺",
  "What posts of this office said that they will have by a day: {open} still to be kept, {missed} missed, {kept} kept, {givenUp} given up.":
    "本机构各岗位承诺在某日之前完成的事项：待履行 {open} 项，逾期 {missed} 项，已履行 {kept} 项，已放弃 {givenUp} 项。",
  "Each promise": "各承诺",
  "A promise is one of a post and stays one when its holder goes.":
    "承诺属于岗位，任职者离任后仍然有效。",
  "Nothing was promised.": "没有承诺。",
  Promise: "承诺",
  "Kept or not": "履行情况",
  Done: "完成",
} as const;
