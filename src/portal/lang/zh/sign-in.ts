/** Signing in, and what a demonstration offers in place of it. */
export const signIn = {
  "Whoever reads needs no account. Signing in is for those who decide, who use data under a permit, and who ask what was done with data about themselves.":
    "阅读无需账户。需要登录的是：作出决定的人、凭许可使用数据的人，以及查询本人数据被如何使用的人。",
  "A demonstration: choose who you are": "演示：请选择您的身份",
  "The persons, bodies and companies are invented. In an office that is no demonstration nobody can sign in so: this office holds the demonstration's keys and signs for whoever you choose.":
    "人物、机构和公司均为虚构。正式机构不能这样登录：演示机构持有演示密钥，并代您所选的身份签名。",
  Officials: "工作人员",
  "Data users": "数据使用者",
  Citizens: "公民",
  "resident {name}": "居民 {name}",
  "No way to sign in is set up at this office yet.": "本机构尚未设置登录方式。",
  "person {person}, who holds no post": "{person}号人员（未任职）",
  citizen: "公民",
} as const;
