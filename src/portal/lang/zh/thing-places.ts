/** Pages of bodies, systems, posts and organisations. */
export const thingPlaces = {
  "Public bodies": "公共机构",
  "Public body": "公共机构",
  "Departments and their units, which systems they run, and which of these are served through the gate of this office.":
    "各部门及其下属单位、它们运行的系统，以及其中哪些经本机构的网关提供。",
  "Departments and units": "部门与下属单位",
  "Each unit stands behind the body that it belongs to.":
    "下属单位列在所属机构之后。",
  "No body is registered.": "尚未登记任何公共机构。",
  Body: "公共机构",
  "Unit of": "隶属于",
  Level: "层级",
  "Its units": "下属单位",
  Posts: "岗位",
  Post: "岗位",
  "Systems known": "已知系统",
  "Systems served": "已提供的系统",
  "its work went to others; its systems are registered under it still":
    "职能已转移，其系统仍登记在其名下",
  "Its work went to others; in the register its systems stand under it still.":
    "其职能已转移；在登记簿中，其系统仍登记在其名下。",
  "{n} system of the bodies whose work it took over stands in the register under them still, and is counted there.":
    "其所承接机构的 {n} 个系统在登记簿中仍登记在原机构名下，并计入原机构。",
  "{n} systems of the bodies whose work it took over stand in the register under them still, and are counted there.":
    "其所承接机构的 {n} 个系统在登记簿中仍登记在原机构名下，并计入原机构。",
  "its work went to others": "职能已转移",
  "{served} of {all} known systems of it are served through the gate.":
    "其 {all} 个已知系统中有 {served} 个经网关提供。",
  "Its work went to": "职能转移至",
  "It took over the work of": "承接职能自",
  "No dataset of its systems is registered.": "其系统尚未登记任何数据集。",
  "All {n} datasets of it and its units":
    "该机构及其下属单位的全部数据集（自身 {n} 个）",
  "What it may charge": "可以收取的费用",
  "No price names it as the payee: it charges nothing through this office.":
    "没有以其为收款方的价格：该机构不通过本机构收取任何费用。",
  "What its posts promised": "其岗位的承诺",
  "Information systems": "信息系统",
  "Information system": "信息系统",
  "A system that is not served is known, and nothing of it leaves through this gate.":
    "未提供的系统是已知的，但其数据不经此网关流出。",
  "No system of it is known.": "没有其已知系统。",
  System: "信息系统",
  Served: "是否提供",
  Registered: "登记情况",
  served: "已提供",
  "not served": "未提供",
  "by its existence only": "仅登记其存在",
  "What the holder of each post may sign.": "各岗位任职者可以签署的事项。",
  "No post of it is registered.": "尚未登记其任何岗位。",
  May: "权限",
  "What is due here": "此处的待办事项",
  "What a post of it may do, and has not done yet; other posts may be able to do it as well.":
    "其岗位可以办理而尚未办理的事项；其他岗位也可能有权办理。",
  "Nothing is due here.": "此处没有待办事项。",
  What: "事项",
  Rule: "规则",
  "Local law": "地方规则",
  "Rulebooks that this body made, and those that hold over its data. They only tighten what stands above them.":
    "该机构制定的规则手册，以及对其数据适用的规则手册。它们只能比上位规则更严。",
  "No local rulebook: the rulebook of the office alone holds here.":
    "没有地方规则手册：此处仅适用本机构的规则手册。",
  Rulebook: "规则手册",
  "Made by": "制定机构",
  "Holds here": "此处适用",
  "a trial": "试点",
  "{served} of {known} known systems are served through this gate. {rest} are not: what leaves them by another way is not seen here.":
    "{known} 个已知系统中有 {served} 个经此网关提供，{rest} 个没有：经其他途径流出的数据，此处看不到。",
  "Each system": "各系统",
  "A system that is registered by its existence only is known, and says nothing of what it holds.":
    "仅登记其存在的系统是已知的，但没有说明其中有什么。",
  "No such system is known.": "没有这样的已知系统。",
  "Run by": "运行单位",
  "Served: data of it leave through this gate, and every use is entered.":
    "已提供：其数据经此网关流出，每次使用都会记入。",
  "Not served: nothing of it leaves through this gate. What its body gives away by another way stands in no log of this office.":
    "未提供：其数据不经此网关流出。其机构经其他途径提供的数据，不在本机构的任何日志中。",
  "What of the system is registered, and whether anybody could be given it.":
    "该系统已登记的内容，以及是否有人可以获得。",
  "No dataset of it is registered, so nothing of it can be served.":
    "尚未登记其任何数据集，因此无法提供。",
  "All {n} datasets of it": "其全部 {n} 个数据集",
  "all systems": "全部系统",
  "Acts are signed for posts. Who held a post when stands on its page; persons are numbers, and no page follows one from post to post.":
    "行为由岗位签署。何人何时任职，见各岗位页面；人员以编号表示，任何页面都不跨岗位追踪个人。",
  "Each post": "各岗位",
  "No post is registered.": "尚未登记任何岗位。",
  "A post, who held it when, and what was signed for it. Persons are numbers; their names are private papers.":
    "一个岗位、历任任职者以及以其名义签署的行为。人员以编号表示，姓名在非公开文件中。",
  "sign nothing": "无签署权限",
  Superior: "上级",
  "Audited by": "审计岗位",
  "What it promised": "其承诺",
  "Who held it": "历任任职者",
  Tenures: "任期",
  "As acts of this office say: from and to whole hours, and certain.":
    "依本机构的行为：精确到整点，均属确定。",
  "Nobody held it since this office began.": "本机构成立以来无人任职。",
  Holder: "任职者",
  How: "方式",
  "{mode}, from person {person}": "{mode}，委托人为 {person} 号人员",
  "Tenures from before this office": "本机构成立前的任期",
  "As a source tells them. A date that names a year or a month only can mean any day in it: what is possible is wider than what is certain.":
    "依来源所述。只写年份或月份的日期可能是其中任何一天：可能的期间比确定的期间更宽。",
  "As told": "来源所述",
  Possible: "可能的期间",
  Certain: "确定的期间",
  "not told": "未说明",
  "no day for certain": "没有可以确定的日期",
  "What was signed for it": "以该岗位的名义签署的行为",
  "Acts that a holder prepared or approved for this post, the newest first. They are counted for the post, never for a person.":
    "任职者以该岗位名义拟制或批准的行为，最新的在前。按岗位计数，从不按人员计数。",
  "Nothing was signed for it.": "没有以该岗位的名义签署的行为。",
  "What rests on it": "以该岗位的签署为依据的权利",
  "Permits in force that an act signed for this post granted.":
    "由以该岗位名义签署的行为准予、目前有效的许可。",
  "No permit in force was signed for it.": "没有以该岗位的名义签署的有效许可。",
  "In force as well:": "同样有效：",
  "Of {n} acts the newest {shown} were looked through for this.":
    "为此查阅了 {n} 项行为中最新的 {shown} 项。",
  "From {from} to {to}, one bar for each tenure: pale where it is possible, full where it is certain.":
    "{from} 至 {to}，每个任期一条：浅色为可能，深色为确定。",
  "person {person}: {from} to {to}": "{person} 号人员：{from} 至 {to}",
  Organisations: "组织",
  Organisation: "组织",
  "Who uses data under a permit, who operates data, who lends them. Open data are counted and not traced, so nobody stands here for them.":
    "凭许可使用数据者、运营数据者、出借数据者。开放数据只计数、不追踪，因此不列使用者。",
  "all classes": "全部类别",
  "Each organisation": "各组织",
  "No such organisation is registered.": "没有这样的已登记组织。",
  "Class of payer": "付费者类别",
  "It pays as every other {class} does: prices are by class, never by name.":
    "该组织与其他{class}付费相同：价格按类别确定，从不针对特定主体。",
  "What it may use": "可以使用的数据",
  "Its permits, the newest first.": "其许可，最新的在前。",
  "It has no permit.": "该组织没有许可。",
  "All {n} permits of it": "其全部 {n} 项许可",
  "Prices that are paid to it": "向其支付的价格",
  "No price names it as the payee.": "没有以其为收款方的价格。",
  "What it applied for": "其申请",
  "Applications for permits, as the post that received them entered them.":
    "许可申请，由收到申请的岗位记入。",
  "No application of it was entered.": "没有记入其申请。",
  Application: "申请",
  Due: "期限",
  "What it may operate": "可以运营的数据",
  "Authorisations to operate data, each from a recorded procedure and with an end.":
    "运营数据的授权，均来自有记录的程序并有终止日期。",
  "It is authorised to operate nothing.": "该组织没有获得任何运营授权。",
  "Reported from before this office": "本机构成立前的补报",
  "As a source tells it; nothing is granted or priced on it.":
    "依来源所述；不据此准许或定价。",
  Reported: "补报",
  "From, to": "起止",
  "What it lends": "所出借的数据",
  "On terms of its own, until an end or with notice.":
    "按其自定条件，至终止日期或经通知收回。",
  "It lends nothing.": "该组织没有出借数据。",
  Contributions: "数据借入",
  "Ties that holders of posts declared to it": "任职者申报的与其的利害关系",
  "Declared by the persons themselves. Persons are numbers here; what a tie is in full stands in a private paper.":
    "由本人申报。此处人员以编号表示；详情在非公开文件中。",
  "Nobody declared a tie to it. That nobody has one was not looked into.":
    "无人申报与其有利害关系。是否确无此类关系，未经核查。",
  Person: "人员",
  Nature: "性质",
} as const;
