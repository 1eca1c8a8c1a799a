/** Signing in and out. */
export const signIn = {
  "GET /sign-in": "",
  "POST /sign-in/demonstration": "",
  "POST /sign-out": "",
};
