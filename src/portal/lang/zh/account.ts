/** Passkeys for signing in, and accounts. */
export const account = {
  "Waiting for your passkey": "正在等待您的通行密钥",
  "This browser knows no passkeys.": "此浏览器不支持通行密钥。",
  "Nothing came of it: it was cancelled, took too long, or there is no passkey for this office here.":
    "未能完成：已取消、超时，或此处没有用于本机构的通行密钥。",
  "This passkey is known here already.": "此通行密钥已在此登记。",
  "A passkey is asked for by a script of this office's own; without JavaScript it cannot be used. Everything that is public can be read without.":
    "通行密钥由本机构自己的脚本调用；没有 JavaScript 则无法使用。所有公开内容无需脚本即可阅读。",
  "It took longer than ten minutes, or cookies are not allowed here. Begin again.":
    "用时超过十分钟，或此处不允许使用 Cookie。请重新开始。",
  "This answer was used before, or this passkey is known already. Begin again.":
    "此应答已被使用过，或此通行密钥已登记。请重新开始。",
  "This passkey is not known here. It may belong to another office, or was removed.":
    "此处没有登记该通行密钥。它可能属于其他机构，或已被移除。",
  "What the passkey answered does not hold: it was for another place, without PIN, fingerprint or face, or from a copy.":
    "通行密钥的应答不成立：它用于其他网站，未经 PIN、指纹或面部验证，或来自副本。",
  "No invitation has this code. It is used once and lasts one day: ask for a new one.":
    "没有使用此代码的邀请。邀请仅能使用一次，有效期一天：请索取新的邀请。",
  "This passkey signs acts. Signing in and signing acts take different ones, so that nobody who has you sign in has a signature of yours.":
    "此通行密钥用于签署登记行为。登录与签署须使用不同的通行密钥，以免让您登录的人取得您的签名。",
  "Signing in, and objections": "登录与异议",
  "What can be objected to": "可提出异议的事项",
  "Begin with an invitation": "凭邀请开始",
  "Officials get a code from the office's administrator, people of an organisation from the administrator or from their first colleague here. It is used once and lasts one day.":
    "工作人员从本机构管理员处取得代码；组织成员从管理员或其在此的首位同事处取得。代码仅能使用一次，有效期一天。",
  "The code": "代码",
  "Go on": "继续",
  "Make your passkey for signing in": "创建登录用通行密钥",
  "This invitation is for {name}.": "此邀请发给：{name}。",
  "Make the passkey": "创建通行密钥",
  "It lets you in at these pages and signs nothing. Acts are signed with another key, which an act of its own enrols.":
    "它只用于登录本网站，不签署任何内容。登记行为由另一把密钥签署，该密钥须经专门的登记行为登记。",
  "What you call it": "您给它的名称",
  "My passkey": "我的通行密钥",
  "Your passkeys for signing in": "您的登录用通行密钥",
  "You did not come in with a passkey of this office: whoever identified you looks after how you sign in. Persons of a demonstration have none.":
    "您不是用本机构的通行密钥登录的：登录方式由核验您身份的一方管理。演示人物没有通行密钥。",
  "One more": "再添一把",
  "Add a passkey": "添加通行密钥",
  "If you lose them": "如果丢失",
  "There is no password and no question that brings you back. Ask the office's administrator, or your first colleague here, for a new invitation, and remove what was lost from this list.":
    "没有可用于找回的密码或问题。请向本机构管理员或您在此的首位同事索取新的邀请，并从此列表移除丢失的通行密钥。",
  "The last one cannot be removed; add another first.":
    "最后一把不能移除；请先添加另一把。",
  Name: "名称",
  Added: "添加时间",
  "Last used": "最近使用",
  Remove: "移除",
  "not yet": "尚未",
  "the last one": "最后一把",
  "Remove {name}": "移除 {name}",
  "Invite a colleague": "邀请同事",
  "Give this code to your colleague: {code}. It is shown for a minute, is used once at {page}, and lasts one day.":
    "请将此代码交给您的同事：{code}。代码显示一分钟，在 {page} 使用一次，有效期一天。",
  "What your colleague is called here": "您的同事在此的称呼",
  "Make an invitation": "生成邀请",
  "Say what your colleague is called": "请写明您同事的称呼",
  "With a passkey": "使用通行密钥",
  "Sign in with a passkey": "用通行密钥登录",
  "A passkey belongs to the name of a host, and you came by a number. Open {page}.":
    "通行密钥属于主机名，而您是通过数字地址访问的。请打开 {page}。",
  "For officials, and for people of organisations. A passkey for signing in signs no act: for that an official has another one, for signing, which an act enrols.":
    "供工作人员和组织成员使用。登录用通行密钥不签署登记行为：工作人员签署须用另一把签名用通行密钥，由登记行为登记。",
  "a company that is not registered yet ({name})": "尚未登记的公司（{name}）",
  "You were signed in, and that session is over: nobody asked for anything for a while, or the office was set up anew. Sign in again to go on.":
    "您此前的登录会话已结束：可能因一段时间没有操作，或机构已重新设立。请重新登录后继续。",
} as const;
