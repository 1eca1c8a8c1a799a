/** What was refused, said plainly. */
export const plainly = {
  "{what}; {why}": "{what}；{why}",
  "“{title}”": "“{title}”",
  "{n} dataset": "{n} 个数据集",
  "{n} datasets": "{n} 个数据集",
  "{payee} was to charge {price} for “{product}”":
    "{payee}拟对“{product}”收费，{price}",
  "{price} was to be the most that “{product}” may cost":
    "“{product}”的价格上限拟定为{price}",
  "{who} was to use “{product}”, purpose “{purpose}”":
    "{who}拟使用“{product}”，用途为“{purpose}”",
  "the permit {permit} was to be revoked": "拟撤销许可 {permit}",
  "{who} was to lose the permit {permit}": "拟撤销{who}的许可 {permit}",
  "an application of {who} for “{product}” was to be entered":
    "拟录入{who}对“{product}”的申请",
  "{who} was to have the application {id} refused": "拟拒绝{who}的申请 {id}",
  "{who} alone was to operate {datasets}": "{who}拟独家运营 {datasets}",
  "{who} was to operate {datasets}": "{who}拟运营 {datasets}",
  "{what}, for {price}": "{what}，价款 {price}",
  "“{title}” was to be put up for registration by {who}":
    "{who}拟就“{title}”申请登记",
  "“{dataset}” was to be withheld, ground {ground}":
    "拟不予提供“{dataset}”，理由为{ground}",
  "the post “{post}” was to get a holder, {mode}":
    "岗位“{post}”拟有人任职，{mode}",
  "“{title}” was to be offered": "拟提供“{title}”",
  "“{title}” was to be registered": "拟登记“{title}”",
  "asked for: {what}": "所请求的是：{what}",
  "the price would last longer than its ceiling, which holds until {until}":
    "该收费标准的有效期长于其上限收费标准，后者至 {until} 终止",
  "the price was to last until {until}": "该收费标准拟至 {until} 终止",
  "let the price end when its ceiling does, or ask the price authority for a ceiling that holds longer":
    "使收费标准不晚于其上限收费标准终止，或者请价格主管部门批准有效期更长的上限收费标准",
} as const;
