/** What headings call the columns of a ledger of receipts. Simplified characters and lower case, as `headingKey` makes them. */

export type ReceiptRole =
  | "date"
  | "department"
  | "unit"
  | "system"
  | "service"
  | "payer"
  | "payerClass"
  | "amount"
  | "currency"
  | "quantity"
  | "reference"
  | "status"
  | "note";

/** Words of a role, parted by a comma: its own names, those that mean the same, and those that mean it where no better one stands. */
export type RoleWords = {
  readonly exact: string;
  readonly known: string;
  readonly lesser?: string;
};

export type HeadingWords<Role extends string> = {
  readonly roles: Readonly<Record<Role, RoleWords>>;
  /** Roles whose column holds money, so that its heading may give a unit. */
  readonly money: readonly Role[];
  /** What a role's cells look like, where no heading tells. */
  readonly content: Readonly<
    Partial<Record<"date" | "amount" | "currency", readonly Role[]>>
  >;
  /** Headings that are known to mean none of the roles. */
  readonly none: string;
};

export const RECEIPT_WORDS: HeadingWords<ReceiptRole> = {
  roles: {
    date: {
      exact: "date,日期",
      // The fee is the one in force on the day of the chargeable event, so that day is preferred to the invoice's.
      known:
        "date of service,service date,event date,date of event,date of use,date of call,usage date,charge date,date charged,charged on,业务日期,业务时间,服务日期,服务时间,使用日期,发生日期,办理日期,查询日期,收费日期,收费时间",
      lesser:
        "date paid,paid on,paid at,payment date,date of payment,payment time,receipt date,date of receipt,date received,received on,transaction date,transaction time,posting date,booking date,value date,invoice date,date of invoice,entry date,time,timestamp,day,收款日期,收款时间,缴费日期,缴费时间,缴款日期,缴款时间,交费日期,交款日期,付款日期,付款时间,支付日期,支付时间,开票日期,开票时间,开具日期,填开日期,票据日期,到账日期,入账日期,交易日期,交易时间,记账日期,收入日期,受理日期,登记日期,日期时间,年月日,时间",
    },
    department: {
      exact: "department,部门",
      known:
        "department name,competent department,responsible department,ministry,line ministry,agency,authority,supervising department,parent department,dept,主管部门,业务主管部门,主管单位,主管机关,主管局,所属部门,所属部委,归口部门,归口单位,上级部门,上级单位,预算部门,一级预算单位,部委,委办局,厅局,部门单位",
    },
    unit: {
      exact: "unit,单位",
      known:
        "unit name,operating unit,charging unit,charging body,collecting unit,collecting agency,collected by,charged by,issuing unit,issued by,public body,body,institution,bureau,payee,centre,center,收费单位,执收单位,执收机构,收费机构,收费主体,征收单位,开票单位,收款单位,收款方,运营单位,运行单位,运行维护单位,运维单位,数据提供单位,提供单位,服务提供方,二级单位,二级预算单位,下属单位,所属单位,直属单位,基层单位,预算单位,事业单位,机构,机构名",
      lesser:
        "organisation,organization,office,branch,填报单位,承办单位,所在单位",
    },
    system: {
      exact: "system,系统",
      known:
        "system name,information system,it system,government system,data system,source system,database,platform,application,信息系统,政务信息系统,资讯系统,业务系统,应用系统,数据系统,来源系统,系统平台,信息平台,业务平台,平台,数据库,信息化系统",
    },
    service: {
      exact: "service,服务",
      known:
        "service name,service item,service type,type of service,item,item name,fee item,charge item,charged for,fee type,fee name,charge type,product,product name,收费项目,收费事项,收费名,收费内容,缴费项目,缴费事项,缴款项目,收入项目,服务项目,服务内容,服务事项,服务类型,服务类别,业务类型,业务名,业务项目,项目,事项,产品,数据产品,数据服务,费用名,费用项目,费用类型,费目,商品名,品名,货物或应税劳务服务",
      lesser: "description,details of service,purpose of payment,款项性质,用途",
    },
    payer: {
      exact: "payer,缴费人",
      known:
        "payer name,paid by,paying organisation,paying organization,paying unit,paying party,customer,customer name,client,client name,buyer,purchaser,received from,bill to,billed to,缴费单位,缴费方,缴费者,缴纳人,缴款人,缴款单位,缴款方,交款人,交款单位,交费人,交费单位,付款人,付款单位,付款方,付款户,付费人,付费单位,付费方,购买方,购方,购买单位,客户,用户,用户单位,往来单位,对方单位,对方户,被收费单位,被收费人,抬头,发票抬头",
      lesser:
        "user,applicant,company,company name,account name,使用单位,使用方,企业,公司,申请单位,申请人",
    },
    payerClass: {
      exact: "payer class,缴费人类别",
      known:
        "class of payer,payer type,type of payer,payer category,category of payer,class,customer type,customer class,customer category,client type,client category,user type,user class,缴费人类型,缴费单位类型,缴费单位类别,缴款人类型,缴款人类别,缴款单位类型,付款人类型,付款人类别,付款单位类型,付款单位类别,付款方类型,客户类型,客户类别,用户类型,用户类别,收费对象,收费对象类别,缴费对象,单位类型,单位类别,单位性质,主体类型,主体性质",
      lesser: "category,企业类型,企业性质,企业规模,对象类别,类别,类型",
    },
    amount: {
      exact: "amount,金额",
      known:
        "amount paid,paid amount,paid,amount received,received,amount charged,charged,charge,fee,fee amount,fee charged,fee paid,fees,payment,payment amount,receipt amount,transaction amount,total,total amount,amount total,sum,revenue,income,收费金额,收费额,收费,实收金额,实收款,实收费用,实收,实缴金额,实缴,实际收费,实际收费金额,实际金额,缴费金额,缴款金额,交费金额,付款金额,收款金额,支付金额,交易金额,到账金额,入账金额,已收金额,已缴金额,收入金额,收入,开票金额,票据金额,发票金额,人民币金额,小写金额,金额小写,总金额,合计金额,金额合计,价税合计,总额,费用,费用金额,贷方金额",
      lesser:
        "amount due,due,amount billed,billed,invoice amount,gross,gross amount,net,net amount,value,应收金额,应收款,应收,应缴金额,应缴,含税金额,不含税金额,发生额,合计",
    },
    currency: {
      exact: "currency,币种",
      known: "currency code,ccy,curr,币别,货币,货币种类,货币代码,币种代码",
    },
    quantity: {
      exact: "quantity,数量",
      known:
        "qty,count,number,number of calls,number of records,number of queries,number of rows,no of calls,no of records,no of queries,calls,records,rows,queries,units,times,volume,usage,次数,条数,份数,件数,笔数,个数,条目数,记录数,记录条数,调用次数,调用量,查询次数,查询数量,查询量,使用次数,收费数量,计费数量,服务次数,数据量,用量",
    },
    reference: {
      exact: "reference,票据号",
      known:
        "ref,ref no,reference no,reference number,receipt,receipt no,receipt number,receipt id,invoice,invoice no,invoice number,voucher,voucher no,voucher number,document no,document number,transaction id,transaction no,transaction number,transaction reference,payment id,payment reference,order no,order number,order id,票据号码,票据编号,收据号,收据号码,收据编号,发票号,发票号码,流水号,业务流水号,交易流水号,支付流水号,收费流水号,单号,单据号,单据编号,订单号,订单编号,缴费单号,缴款单号,缴款书号,缴款码,凭证号,凭证编号,交易号",
      lesser: "id,serial no,serial number,编号",
    },
    status: {
      exact: "status,状态",
      known:
        "state,payment status,receipt status,transaction status,transaction type,缴费状态,缴款状态,支付状态,付款状态,收费状态,收款状态,票据状态,发票状态,单据状态,交易状态,交易类型,业务状态,退款状态,退费状态,退付状态,作废标志,是否作废,是否退款,是否退费,是否红冲,红冲标志,冲红标志,减免状态,是否减免",
    },
    note: {
      exact: "note,备注",
      known:
        "notes,remark,remarks,comment,comments,memo,narrative,explanation,additional information,附注,备注说明,备注信息,备考,说明,其他说明,摘要",
    },
  },
  money: ["amount"],
  content: { date: ["date"], amount: ["amount"], currency: ["currency"] },
  none: "no,nr,row,row no,line,line no,index,seq,price,unit price,tax,tax rate,tax amount,vat,balance,refund,refund amount,discount,waived amount,debit,phone,telephone,email,address,operator,cashier,contact,bank,bank account,account,account no,account number,payment method,payment channel,tax number,year,month,序号,行号,行次,单价,价格,收费标准,税率,税额,余额,退款金额,退费金额,减免金额,优惠金额,借方金额,电话,联系电话,联系人,手机,邮箱,地址,经办人,操作员,收款人,复核人,开票人,填报人,审核人,开户行,开户银行,银行账号,账号,计量单位,计费单位,规格,规格型号,型号,票据代码,发票代码,票据类型,票据种类,发票类型,税号,纳税人识别号,统一社会信用代码,信用代码,支付方式,付款方式,缴费方式,缴款方式,支付渠道,合同金额,预算金额,年度,年份,月份,会计期间",
};
