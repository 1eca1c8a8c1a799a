/** Keys with which officials sign, and how they get another. */
export const deskKeys = {
  "Your keys for signing": "您的签署密钥",
  "Acts are signed with other keys:": "签署行为使用另外的密钥：",
  "With these keys you sign acts, and with nothing else. What you sign in with is another passkey, which signs no act.":
    "您只能以这些密钥签署行为。登录使用另一个通行密钥，它不能签署行为。",
  "Keys of everybody who holds a post stand in public, by number and post.":
    "所有任职人员的密钥均按编号和岗位公开。",
  "At this page": "在此页面",
  "No key is enrolled for you: you cannot sign yet.":
    "您名下没有已登记的密钥：尚不能签署。",
  "signs here": "可在此签署",
  "does not sign here: it was enrolled for {pages}":
    "不能在此签署：它是为 {pages} 登记的",
  "signs at the command line": "在命令行签署",
  "signs from {at} on": "自 {at} 起可以签署",
  "revoked by {place}": "已撤销：{place}",
  "On their way": "办理中",
  "waits for your signature with the new key": "等待您以新密钥签署",
  "waits for whoever enrols it": "等待登记密钥的人员签署",
  "Make a passkey for signing": "创建签署用通行密钥",
  "What comes then": "后续步骤",
  "This office does not say at which address it is reached, and a passkey belongs to one. A key in a file signs without.":
    "本机构未说明其访问网址，而通行密钥须属于一个网址。文件密钥不受此限制。",
  "Your browser makes it for {host} alone. It asks for a PIN, a fingerprint or your face now, and at every signature. A security key that you carry, a phone or this computer can hold it.":
    "浏览器只为 {host} 创建该密钥。现在以及每次签署时都会要求 PIN、指纹或者面容。它可以存放在随身的安全密钥、手机或者本计算机中。",
  "Signing acts: {who}": "签署行为：{who}",
  "The draft of the act that enrols the key opens, with everything filled in. You sign it with the new key, which proves that you have it.":
    "随即打开登记该密钥的行为草案，内容均已填好。您以新密钥签署，以此证明密钥在您手中。",
  "{n} other person signs it, who enrols keys: {posts}. Nobody enrols their own.":
    "另有 {n} 名有权登记密钥的人员签署：{posts}。任何人不得登记自己的密钥。",
  "{n} other persons sign it, who enrol keys: {posts}. Nobody enrols their own.":
    "另有 {n} 名有权登记密钥的人员签署：{posts}。任何人不得登记自己的密钥。",
  "It signs acts from {n} hour after its entry on. Until then everybody can object who sees it there.":
    "记入日志 {n} 小时之后，该密钥方可签署行为。在此之前，看到该记录的任何人都可以提出异议。",
  "It signs acts from {n} hours after its entry on. Until then everybody can object who sees it there.":
    "记入日志 {n} 小时之后，该密钥方可签署行为。在此之前，看到该记录的任何人都可以提出异议。",
  "A key in a file, without a passkey or a script":
    "文件密钥（无须通行密钥和脚本）",
  "Make it on a machine of your own, and keep the file there. It prints the public key:":
    "请在自己的计算机上生成并保存该文件。命令会输出公钥：",
  "Public key, as it was printed": "所输出的公钥",
  "Give the 43 characters that stand behind “public”: letters, digits, hyphens and underscores.":
    "须为 public 之后的 43 个字符：字母、数字、连字符和下划线。",
  "Prepare the act that enrols it": "拟制登记该密钥的行为",
  "The draft says how a key in a file signs it: at the command line, with vitrine sign.":
    "草案页面说明如何以文件密钥签署：在命令行使用 vitrine sign。",
  "If you lose one": "密钥遗失时",
  "Tell {posts} at once: they revoke it by an act, and from its entry on it signs nothing. Nobody can bring a passkey back, so have two.":
    "请立即告知 {posts}：他们以行为撤销该密钥，自记入起它不能再签署。通行密钥无法找回，请备有两个。",
  "This passkey signs you in. Signing in and signing acts take different ones, so that nobody who has you sign in has a signature of yours.":
    "该通行密钥用于登录。登录和签署行为使用不同的通行密钥，以免让您登录的人取得您的签名。",
  "This answer was used before. Begin again.": "该应答已使用过。请重新开始。",
  "This key is enrolled already, for you or for somebody else.":
    "该密钥已经登记在您或者他人名下。",
  "What the passkey answered does not hold: it was made for another place, without PIN, fingerprint or face, or at a page that you have opened again since. Begin again.":
    "通行密钥的应答不成立：它是为其他网址创建的，未要求 PIN、指纹或者面容，或者其间此页面被再次打开。请重新开始。",
  "Sign with a key in a file": "以文件密钥签署",
  "Save the statement as {file}.": "将内容保存为 {file}。",
  "Sign it where the key lies; no office is asked for that:":
    "在存放密钥的计算机上签署，无须连接本机构：",
  "Put what it prints in here. Whoever prepared this draft or signs it may do so for the others too.":
    "将其输出粘贴于此。草案的拟制人和签署人也可以为其他签署人提交。",
  "What vitrine sign printed": "vitrine sign 的输出",
  "Hand the signature in": "提交签名",
  "You sign with the new key itself: that proves that you have it. It signs nothing else before it is enrolled.":
    "请以新密钥本身签署，以此证明密钥在您手中。登记之前它不能签署其他内容。",
  "The key has the id {id}. Whoever enrols it asks its holder in person whether that is the one on their page: a signature proves that somebody has the key, and not who.":
    "该密钥的编号为 {id}。登记密钥的人员须当面向持有人核对其页面上的编号是否一致：签名只证明有人持有该密钥，而不能证明是谁。",
  "A passkey is made at the page of whoever will hold it, and need not be typed here:":
    "通行密钥由其持有人在自己的页面创建，无须在此填写：",
  "You have no passkey that signs at this page.":
    "您没有可在此页面签署的通行密钥。",
  "{label}, with a passkey of {host}": "{label}（使用 {host} 的通行密钥）",
  "{n} passkey of yours was enrolled for other pages and cannot sign here: {pages}.":
    "您有 {n} 个通行密钥是为其他页面登记的，不能在此签署：{pages}。",
  "{n} passkeys of yours were enrolled for other pages and cannot sign here: {pages}.":
    "您有 {n} 个通行密钥是为其他页面登记的，不能在此签署：{pages}。",
} as const;
