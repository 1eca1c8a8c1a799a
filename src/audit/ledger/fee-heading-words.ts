import { type HeadingWords, RECEIPT_WORDS } from "./heading-words.ts";

/** The columns of a list of approved fees. */
export type FeeRole =
  | "service"
  | "unit"
  | "payee"
  | "payerClass"
  | "price"
  | "currency"
  /** What the price is for: a call, so many rows. */
  | "step"
  | "ceiling"
  | "from"
  | "to"
  | "approvedBy"
  | "paper"
  | "ground";

const { service, payerClass, currency } = RECEIPT_WORDS.roles;

export const FEE_WORDS: HeadingWords<FeeRole> = {
  roles: {
    service,
    // 单位 alone is who charges in one list and what is counted in the next: the other columns decide, or a person.
    unit: {
      exact: "unit,收费单位",
      known:
        "unit name,operating unit,charging unit,charging body,collecting unit,public body,body,institution,执收单位,执收机构,收费机构,收费主体,征收单位,运营单位,运行维护单位,运维单位,提供单位,数据提供单位,实施单位,执行单位",
      lesser: "organisation,organization,单位,机构",
    },
    payee: {
      exact: "payee,收款人",
      known:
        "paid to,payable to,recipient,beneficiary,收款单位,收款方,收款户,收款主体,收入归属,收益方",
    },
    payerClass,
    price: {
      exact: "price,价格",
      known:
        "unit price,price per unit,fee,fee standard,standard fee,standard,rate,tariff,charge,approved price,approved fee,approved rate,收费标准,标准,收费价格,单价,费率,定价,核定价格,核定标准,批准价格,批准标准,执行价格,执行标准,价格标准,收费单价",
      lesser: "amount,金额,收费金额,费用",
    },
    currency,
    step: {
      exact: "step,per,计费单位",
      known:
        "unit of charge,unit of measure,billing unit,billing step,measure,charged per,price per,计价单位,计量单位,计收单位,计费方式,计价方式,计收方式,计费步长,单位量",
      lesser: "basis,单位",
    },
    ceiling: {
      exact: "ceiling,上限",
      known:
        "price ceiling,ceiling price,cap,price cap,max,maximum,maximum price,maximum fee,upper limit,最高限价,最高价,最高价格,最高标准,最高收费,最高收费标准,限价,价格上限,收费上限,收费标准上限,上限价格",
    },
    from: {
      exact: "from,起",
      known:
        "valid from,in force from,in force since,effective,effective from,effective date,date effective,start,start date,begin,begins,since,生效日期,生效时间,起始日期,起始时间,开始日期,开始时间,执行日期,执行时间,执行起始日期,起执行日期,施行日期,实施日期,启用日期,有效期起,有效期自,有效期开始",
      lesser: "approval date,date approved,批准日期,发文日期",
    },
    to: {
      exact: "to,止",
      known:
        "valid to,valid until,valid till,until,till,in force to,in force until,effective to,effective until,end,end date,ends,expiry,expiry date,expires,expiration date,失效日期,失效时间,截止日期,截止时间,截至日期,终止日期,终止时间,结束日期,结束时间,废止日期,停止日期,到期日,到期日期,有效期止,有效期至,有效期截止,有效期结束",
    },
    approvedBy: {
      exact: "approved by,批准机关",
      known:
        "approver,approving authority,approving body,approval authority,price authority,authority,decided by,批准单位,批准部门,批准机构,批准人,审批机关,审批单位,审批部门,核准机关,核准单位,核定机关,核定单位,定价机关,定价部门,定价单位,发文机关,发文单位",
    },
    paper: {
      exact: "paper,批文",
      known:
        "approval,approval document,approval paper,approval no,approval number,approval reference,decision,decision no,document,document no,document number,file,file no,reference,reference no,order no,文号,批准文号,批文号,批复,批复文号,批复文件,批准文件,审批文号,审批文件,核准文号,发文字号,文件,文件号,文件名,文件编号,文件依据,依据文件,收费文件,收费许可证号",
    },
    ground: {
      exact: "ground,法律依据",
      known:
        "grounds,legal ground,legal grounds,legal basis,basis in law,legal authority,law,statute,provision,article,收费依据,依据,设立依据,政策依据,法规依据,法定依据,法律法规,法律法规依据,收费政策依据",
    },
  },
  money: ["price", "ceiling"],
  content: {
    date: ["from", "to"],
    amount: ["price", "ceiling"],
    currency: ["currency"],
  },
  none: "no,nr,row,row no,line,line no,index,seq,department,ministry,system,note,notes,remark,remarks,序号,行号,行次,部门,主管部门,系统,信息系统,备注,说明,电话,地址,联系人",
};
