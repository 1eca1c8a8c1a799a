import { createServer, type Server } from "node:http";
import { Provider } from "oidc-provider";

export type RealProvider = {
  readonly issuer: string;
  readonly close: () => Promise<void>;
};

export const CLIENT = {
  id: "vitrine",
  secret: "a-secret-of-the-test",
} as const;

/**
 * A certified provider of identities on this machine: whoever types an account's name and any password is that account, with the claims given
 * for it. Its own pages for signing in and consent are used as they are.
 */
export async function openidProvider(
  redirects: () => readonly string[],
  claimsOf: (account: string) => Readonly<Record<string, string>>,
): Promise<RealProvider> {
  const server = createServer();
  const issuer = await listening(server);
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [...redirects()],
        response_types: ["code"],
        grant_types: ["authorization_code"],
        token_endpoint_auth_method: "client_secret_basic",
      },
    ],
    claims: { openid: ["sub"], person: ["code", "organisation", "represents"] },
    scopes: ["openid", "person"],
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, ...claimsOf(id) }),
    }),
    cookies: { keys: ["a key of the test"] },
    pkce: { required: () => true },
  });
  const answer = provider.callback();
  server.on("request", (request, response) => void answer(request, response));
  return {
    issuer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve, reject) =>
    server.listen(0, "127.0.0.1", () => {
      const at = server.address();
      if (typeof at !== "object" || at === null)
        return reject(new Error("Cannot listen: no port"));
      resolve(`http://localhost:${at.port}`);
    }),
  );
}
