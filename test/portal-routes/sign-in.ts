/** Signing in and out. */
export const signIn = {
  "GET /sign-in": "",
  "POST /sign-in/demonstration": "",
  "POST /sign-out": "",
  "GET /sign-in/openid/:name": "/sign-in/openid/none",
  "GET /sign-in/openid/:name/callback": "/sign-in/openid/none/callback?code=x",
  "GET /sign-in/failed/:fault": "/sign-in/failed/denied",
};
