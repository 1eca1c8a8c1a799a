/** Signing in and out. */
export const signIn = {
  "GET /sign-in": "",
  "POST /sign-in/demonstration": "",
  "POST /sign-out": "",
  "POST /sign-in/passkey": "",
  "GET /account/invitation": "",
  "POST /account/invitation": "",
  "POST /account/first": "",
  "GET /account/credentials": "",
  "POST /account/credentials/add": "",
  "POST /account/credentials/remove": "",
  "POST /account/invite": "",
  "GET /passkey.js": "",
  "GET /sign-in/openid/:name": "/sign-in/openid/none",
  "GET /sign-in/openid/:name/callback": "/sign-in/openid/none/callback?code=x",
  "GET /sign-in/failed/:fault": "/sign-in/failed/denied",
};
