/** Why a signature is none (`src/acts/webauthn.ts`, `src/acts/signatures.ts`), in Chinese. */
const FAULTS: Readonly<Record<string, string>> = {
  "its client data is no JSON object with each member once":
    "浏览器给出的数据不符合格式",
  "its client data is of another type than webauthn.get":
    "通行密钥作出的不是签名",
  "its challenge is not the hash of what was to be signed":
    "所签署的不是此内容",
  "the page that asked is not on this key's list of origins":
    "请求签名的页面不在该密钥登记的网址之内",
  "the page that asked stood inside another site's":
    "请求签名的页面嵌在其他网站之内",
  "nobody was present at the authenticator": "签名时无人在场操作",
  "the authenticator asked for no PIN, finger or face":
    "未要求输入 PIN、指纹或者面容",
  "whether it may be copied is not what its enrolment says":
    "是否可以复制与登记时不一致",
  "it is said to be copied, and that it cannot be": "既称已复制，又称不可复制",
  "it does not verify with this key": "不能以该密钥验证",
  "its key is a passkey, and it is no assertion":
    "该密钥是通行密钥，而签名不是由通行密钥作出的",
  "it is a passkey's assertion, and its key is no passkey":
    "签名由通行密钥作出，而该密钥不是通行密钥",
};

/** Other faults name a value, and are said without it. */
export function saySignatureFault(fault: string): string | undefined {
  if (fault.startsWith("it is for another RP id than "))
    return "是为其他网址作出的";
  return FAULTS[fault];
}
