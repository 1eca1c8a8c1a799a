/** A dataset, and who may have what of it. */
export const datasets = {
  "{who}, on terms of its own, with {n} days of notice":
    "{who}，依其自身条款，通知期 {n} 天",
  "on ground {ground}": "依据 {ground}",
  "ceiling {amount}": "上限 {amount}",
  "public bodies": "公共机构",
  welfare: "公益组织",
  research: "科研机构",
  "small enterprises": "小微企业",
  enterprises: "企业",
  "Dataset {dataset} of {system}, run by {body}. Registered by entry {entry}.":
    "数据集 {dataset}，属于“{system}”，由{body}运行。由第 {entry} 条记录登记。",
  "Lent by {who}.": "出借人：{who}。",
  "Who may have it, and why": "谁可以取得及其理由",
  "Its interface (OpenAPI)": "接口说明（OpenAPI）",
  "Open: everybody may have it, without a permit and free of charge.":
    "开放：任何人无须许可即可免费取得。",
  "Not open: nothing of it is served without a permit in force.":
    "不开放：没有有效许可的，一律不予提供。",
  "Its rows are about persons: {field} says about whom.":
    "其每行涉及个人：字段 {field} 说明涉及何人。",
  "Licence: {licence}.": "许可协议：{licence}。",
  "Source: {source}.": "来源：{source}。",
  "An identifier leaves as a token of its own under every permit, where rows are about persons.":
    "行内容涉及个人的，标识符在每项许可下均以各自的假名标记代替后输出。",
  Meaning: "含义",
  Classification: "分类",
  "It has no fields.": "没有字段。",
  "{classification}, identifier": "{classification}，标识符",
  "What it is served from": "数据来自何处",
  "Live: a {live} of its holder, asked at the moment of each request. It has no vintages.":
    "实时：持有单位的{live}，在每次请求时查询。没有版次。",
  "It is asked {how}.": "查询方式：{how}。",
  "for all rows": "查询全部行",
  "by {fields}": "按 {fields} 查询",
  "No vintage is registered yet: nothing of it is served.":
    "尚未登记版次：不予提供。",
  Vintage: "版次",
  "The newest vintage; each is an entry of the register log.":
    "最新版次；每个版次都是登记日志中的一条记录。",
  "SHA-256 of its file": "文件的 SHA-256",
  "What is offered, at which price": "所提供的产品与价格",
  "What a permit can be had for. Without one only open data are served.":
    "可以申请许可的产品。没有许可的，只提供开放数据。",
  "Rows an answer": "每次应答行数",
  "Rows a step": "每步行数",
  "Answers a day": "每日应答次数",
  "Nothing is offered by permit.": "没有凭许可提供的产品。",
  "{asker} for each asker, {subject} about each subject":
    "每个申请人 {asker} 次，每个数据主体 {subject} 次",
  "By purpose and class of payer, never by name.":
    "按用途和付费者类别确定，从不针对特定主体。",
  "Paid to, or why it is free": "收款方，或者免费的原因",
  "Permits in force": "有效许可",
  "Permits in force. Open data are counted and not traced, so nobody stands here for them.":
    "有效的许可。开放数据只计数、不追踪，因此不在此列。",
  "How far an answer goes": "应答的限度",
  "The same numbers stand in the headers of every answer, beginning with Vitrine-Limit, and what is left of a permit's quota beginning with Vitrine-Quota.":
    "同样的数值载于每次应答的标头，以 Vitrine-Limit 开头；许可剩余用量的标头以 Vitrine-Quota 开头。",
  "{rows} rows a page; {streamed} rows where the answer leaves as a stream. A product and a permit may allow less.":
    "每页 {rows} 行；以流方式输出的 {streamed} 行。产品和许可可以规定更少。",
  "{seconds} seconds for each plan, and {idle} seconds for whoever takes the next part of a stream.":
    "每项查询计划 {seconds} 秒；取用流的下一部分 {idle} 秒。",
  "{n} megabytes of memory for the plans of one dataset.":
    "同一数据集的查询计划共用 {n} 兆字节内存。",
  "{n} megabytes of what the department's service says to one question.":
    "部门服务对一次查询的应答不超过 {n} 兆字节。",
  "{each} requests a second for each organisation, {address} for each address without a token, and for a moment up to {eachBurst} and {addressBurst}.":
    "每个组织每秒 {each} 次请求，没有令牌的每个地址每秒 {address} 次，瞬时分别可达 {eachBurst} 次和 {addressBurst} 次。",
  "{n} persons at most whom the rows of one answer are about.":
    "一次应答的行最多涉及 {n} 人。",
  "{what}, over all {whom}; of streams one asker has {n} at most. Others wait.":
    "{whom}合计{what}；其中每个申请人最多 {n} 个流。其余等待。",
  "{plans} plans at a time": "同时 {plans} 项查询计划",
  "{plans} plans at a time and {streams} streams":
    "同时 {plans} 项查询计划和 {streams} 个流",
  askers: "全部申请人",
  "datasets and askers": "全部数据集和申请人",
  "How to ask": "如何请求",
  "Nothing can be asked for yet.": "目前没有可以请求的内容。",
  "Who may have what of {dataset}, and why":
    "谁可以取得“{dataset}”的哪些内容及其理由",
  "What the gate would decide now, and what it would rest on. Nothing is entered or charged, and no data is looked at.":
    "网关此刻会作出的裁定及其依据。不记入、不收费，也不查看任何数据。",
  "This page as JSON: ask it with the header {header}, or send a plan to {address}. No record of who reads this page is kept.":
    "本页的 JSON 版本：以标头 {header} 请求，或者向 {address} 发送查询计划。本机构不记录谁阅读了本页。",
  "What would be decided": "将作出的裁定",
  "Why it would be refused": "为什么会被拒绝",
  "Found: {facts}.": "查明：{facts}。",
  "What could change that: {next}.": "如何才能通过：{next}。",
  "The nearest that would allow it": "最接近的可行做法",
  "Ask for another": "查询其他情形",
  "More than {n} have “{typed}” in their names: write more of it.":
    "超过 {n} 个组织的名称中含有“{typed}”：请写得更完整。",
  "Left empty: nobody in particular.": "留空表示不特定的人。",
  "as records, by no product in particular": "按记录，不指定产品",
  "{product} ({form}): {title}": "{product}（{form}）：{title}",
  "any that a permit is for": "许可所载的任何用途",
  "{field}: {meaning} ({classification})":
    "{field}：{meaning}（{classification}）",
  Explain: "说明",
  "Refused: {who} asks for {what}, by product {product}.":
    "拒绝：{who}请求{what}，产品 {product}。",
  "nobody in particular": "不特定的人",
  "{form} in dataset {dataset}": "数据集 {dataset} 中的{form}",
  "{form} of {fields} in dataset {dataset}":
    "数据集 {dataset} 中 {fields} 的{form}",
  "{what}, chosen or sorted by {fields}": "{what}（按 {fields} 筛选或者排序）",
  "Open: everybody may have {what}, without a permit and free of charge.":
    "开放：任何人无须许可即可免费取得{what}。",
  "Every field of dataset {dataset} is classified open ({cites}: {says}).":
    "数据集 {dataset} 的每个字段均分类为开放（{cites}：{says}）。",
  "It is counted, not traced.": "只计数，不追踪。",
  "Admitted: {who} may have {what}, under permit {permit}.":
    "准予：{who}可以凭许可 {permit} 取得{what}。",
  "The permit is for product {product} and purpose {purpose} ({cites}: {says}).":
    "该许可针对产品 {product} 和用途 {purpose}（{cites}：{says}）。",
  "The permit is for product {product} and purpose {purpose}, until {until} ({cites}: {says}).":
    "该许可针对产品 {product} 和用途 {purpose}，有效期至 {until}（{cites}：{says}）。",
  "It reaches the fields {fields}, and no conditions.":
    "许可涵盖字段 {fields}，不含条件。",
  "It reaches the fields {fields}, and conditions on {where}.":
    "许可涵盖字段 {fields}，以及对 {where} 的条件。",
  "It reaches every row.": "许可涵盖全部行。",
  "It reaches only rows where {conditions}.":
    "许可仅涵盖满足下列条件的行：{conditions}。",
  "This answer has at most {rows} rows; the permit allows {most}.":
    "本次应答最多 {rows} 行；许可允许 {most} 行。",
  "{field} is missing": "{field} 缺失",
  "{field} is there": "{field} 存在",
  "{field} is one of {values}": "{field} 为 {values} 之一",
  "{field} is {value}": "{field} 为 {value}",
  "{field} is not {value}": "{field} 不为 {value}",
  "{field} is less than {value}": "{field} 小于 {value}",
  "{field} is at most {value}": "{field} 不大于 {value}",
  "{field} is more than {value}": "{field} 大于 {value}",
  "{field} is at least {value}": "{field} 不小于 {value}",
  "Free of charge: {says} ({rule}, {cites}).":
    "免费：{says}（{rule}，{cites}）。",
  "Free of charge: {because}.": "免费：{because}。",
  "It costs {price}, at most {most} for this answer":
    "费用为{price}，本次应答最多 {most}",
  "paid to {payee}": "支付给{payee}",
  "by fee {fee}": "收费标准 {fee}",
  "on ground {ground} ({rule})": "依据 {ground}（{rule}）",
  "under the ceiling of {amount}": "上限为 {amount}",
  "{whole} {unit}": "{whole} {unit}",
  "{rest} of {whole} {unit} are left": "{whole} {unit}中剩余 {rest}",
  "The permit has no quota.": "该许可没有用量限制。",
  "Its quota is {quotas}; what is left of it is told to its holder.":
    "其用量为 {quotas}；剩余用量只告知持有人。",
  "Of its quota {quotas}.": "用量：{quotas}。",
  "In public it would stand under the {slot} from {from}.":
    "公开日志中将记在自 {from} 起的这一{slot}之下。",
  "{what} {of} (entry {entry})": "{what} {of}（第 {entry} 条记录）",
  "{what} {of} (entry {entry}, until {until})":
    "{what} {of}（第 {entry} 条记录，至 {until}）",
  "It rests on {what}.": "其依据：{what}。",
  "Permit {permit} for product {product} would allow it: name that product.":
    "许可 {permit}（产品 {product}）允许该请求：请指明该产品。",
  "Permit {permit} for product {product} would allow it, but {lacks}.":
    "许可 {permit}（产品 {product}）本可允许该请求，但{lacks}。",
  "Product {product} ({form}) is offered for {purposes}: apply for a permit.":
    "产品 {product}（{form}）供 {purposes} 使用：请申请许可。",
  "Product {product} ({form}) is offered for {purposes}, but {lacks}.":
    "产品 {product}（{form}）供 {purposes} 使用，但{lacks}。",
  "All fields of dataset {dataset} are open: ask without naming a product.":
    "数据集 {dataset} 的字段全部开放：请求时无须指明产品。",
  "Of dataset {dataset} the fields {open} are open. Without a permit a dataset is served only where all of its fields are open, and {closed} are not.":
    "数据集 {dataset} 的字段 {open} 为开放。没有许可的，只有全部字段均开放的数据集才予提供，而 {closed} 不开放。",
  "No permit would allow it: {says} ({rule}, {cites}). What can be done: {next}.":
    "没有许可可以允许：{says}（{rule}，{cites}）。可以采取的做法：{next}。",
  "its form is {form}": "其形式为{form}",
  "it leaves out the field {field}": "其不包含字段 {field}",
  "{field} may not stand in a condition, an order or a key":
    "{field} 不得用于条件、排序或者查询键",
  "This answer has at most {rows} row; the permit allows {most}.":
    "本次应答最多 {rows} 行；许可允许 {most} 行。",
  "an answer has at most {n} row": "一次应答最多 {n} 行",
  "an answer has at most {n} rows": "一次应答最多 {n} 行",
  "{n} {unit} are left of its quota": "其用量剩余 {n} {unit}",
  "it is not for purpose {purpose}": "其用途不是 {purpose}",
  "purpose {purpose} is not in the rulebook in force":
    "用途 {purpose} 不在有效的规则手册中",
  "purpose {purpose} wants the number of a case":
    "用途 {purpose} 须注明案件编号",
  "it is asked by {fields}": "须按 {fields} 查询",
  "the token is for another permit": "令牌属于另一项许可",
  "{what} {of} ended {at}, by itself": "{what} {of} 已于 {at} 自行终止",
  "{what} {of} was ended by entry {entry} at {at}":
    "{what} {of} 已于 {at} 由第 {entry} 条记录终止",
  "{what} {of} begins {from}": "{what} {of} 自 {from} 起生效",
} as const;
