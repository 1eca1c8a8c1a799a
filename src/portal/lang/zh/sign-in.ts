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
  "As a citizen": "以公民身份",
  "For an organisation": "代表组织",
  "Sign in with {provider}": "通过{provider}登录",
  "Somebody whom the office trusts for it identifies you. The office learns the code by which its data know you, and keeps it sealed while you are signed in.":
    "由本机构信任的身份提供方核验您的身份。本机构由此得知其数据中代表您的代码，并在您登录期间密封保存。",
  "Too many attempts to sign in": "登录尝试过多",
  "From your address it was tried too often. The next attempt is taken in {n} second.":
    "您的网络地址尝试次数过多。{n} 秒后可再次尝试。",
  "From your address it was tried too often. The next attempt is taken in {n} seconds.":
    "您的网络地址尝试次数过多。{n} 秒后可再次尝试。",
  "Begin again on the sign-in page": "在登录页重新开始",
  "This way to sign in is not set up here.": "本机构未设置此登录方式。",
  "You, or the provider, said no. Nothing was passed on.":
    "您或身份提供方已拒绝，没有传递任何信息。",
  "It took longer than ten minutes, so the office forgot that you had begun.":
    "用时超过十分钟，本机构已不再保留您开始登录的记录。",
  "This answer belongs to no sign-in that was begun in this browser, or was used before. Open the sign-in page and begin there; cookies have to be allowed.":
    "此应答不属于本浏览器中开始的登录，或已被使用过。请打开登录页重新开始；须允许使用 Cookie。",
  "The provider does not answer now. It is not the office's own, and the office cannot mend it.":
    "身份提供方目前没有应答。它不属于本机构，本机构无法修复。",
  "The provider's clock and the office's differ by more than a minute. Tell the office: its administrator can mend it.":
    "身份提供方与本机构的时钟相差超过一分钟。请告知本机构，由其管理员处理。",
  "What the provider answered could not be accepted: it was for somebody else, used before, or not signed as it should be.":
    "无法接受身份提供方的应答：它是给他人的、已被使用过，或签名不符。",
  "The provider did not say by which code the office's data know you. Tell the office: what it asks the provider for has to be changed.":
    "身份提供方没有给出本机构数据中代表您的代码。请告知本机构：须调整其向提供方请求的内容。",
  "The provider names an organisation that this office has not registered.":
    "身份提供方给出的组织尚未在本机构登记。",
  "An organisation is registered by an act; apply for it before you sign in for it.":
    "组织须经登记行为登记；请先申请登记，再代表其登录。",
} as const;
