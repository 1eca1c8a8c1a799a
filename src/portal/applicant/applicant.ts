import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { Access } from "../../accounts/access.ts";
import type { Applications, Sent } from "../../accounts/applications.ts";
import { settled } from "../../accounts/incoming-acts.ts";
import type { Who } from "../../accounts/sessions.ts";
import { mustBe } from "../account/form.tsx";
import type { AppOptions } from "../app.tsx";
import { showError } from "../error-page.tsx";
import { errorBody } from "../errors.ts";

export type Organisation = Extract<Who, { readonly kind: "organisation" }>;

/** Who is signed in for an organisation, and what the office keeps for it. */
export type Applicant = {
  readonly who: Organisation;
  readonly id: string;
  readonly applications: Applications;
  readonly access: Access;
};

export function applicantAt(c: Context, options: AppOptions): Applicant {
  const who = mustBe(c, "organisation");
  const { applications, access } = options;
  if (applications === undefined || access === undefined)
    throw new HTTPException(503, {
      message: "Cannot show an account: this office keeps none",
    });
  return { who, id: who.organisation, applications, access };
}

/** What was sent, the newest first, and how it stands now. */
export async function sentBy(
  { who, applications }: Applicant,
  { office, incoming }: AppOptions,
): Promise<readonly Sent[]> {
  return settled(incoming, office.register, await applications.sent(who));
}

/** Another organisation's things are nowhere: whether they exist is not told. */
export function notThere(c: Context): Response | Promise<Response> {
  return showError(
    c,
    errorBody("notFound", "Your organisation has nothing at this address"),
    404,
  );
}

export function tooMuchToday(
  c: Context,
  most: number,
): Response | Promise<Response> {
  return showError(
    c,
    errorBody(
      "tooManyRequests",
      `Cannot take more than ${most} of these of one organisation`,
    ),
    429,
  );
}
