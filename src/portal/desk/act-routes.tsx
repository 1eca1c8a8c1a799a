import { sayNumber } from "../lang/figures.ts";
import type { Context, Hono } from "hono";
import type { SaidInPaper } from "../../accounts/applicant-contents.ts";
import type { Act } from "../../acts/act.ts";
import { utf8ToBytes } from "../../acts/bytes.ts";
import { actOf } from "../../accounts/drafts.ts";
import type { Application } from "../../register/register.ts";
import type { ActLog } from "../acts/act-log.ts";
import type { AppOptions } from "../app.tsx";
import { readForm, type Sent } from "../account/form.tsx";
import { Forbidden } from "../account/refusals.ts";
import { upTo } from "../body-guards.ts";
import { say } from "../lang/say.ts";
import { showPage } from "../show-page.ts";
import { ActForm } from "./act-form.tsx";
import { beginDraft } from "./begin-draft.ts";
import { saidInCase } from "./case-papers.ts";
import { type Desk, deskOf, draftFor, holder, official } from "./desk.ts";
import { choicesOf } from "./choices.ts";
import { ALL_TICKED, type Form } from "./fields.tsx";
import { type DeskKind, isDeskKind } from "./kinds.ts";
import { KindsPage } from "./kinds-page.tsx";
import { namedIds } from "./named-ids.ts";
import {
  CALLS_PROPOSED,
  decidedBy,
  lacksId,
  newestAlike,
  prefilled,
} from "./prefill.ts";
import { readAct } from "./read-act.ts";
import { type Node, shapeOf } from "./shape.ts";
import {
  join,
  KEPT,
  rowsTyped,
  textAt,
  type Typed,
  typedOf,
  withoutBlankRows,
  withoutRow,
  WORDS,
} from "./typed.ts";

const FORM_BYTES_MAX = 33 * 1024 * 1024;

/** Which acts can be prepared, and the form of each. */
export function actRoutes(app: Hono, options: AppOptions, log: ActLog): void {
  app.get("/desk/acts/new", (c) => {
    const who = official(c, options);
    const { register } = options.office;
    return showPage(
      c,
      <KindsPage register={register} person={who.person} now={options.now()} />,
    );
  });
  app.get("/desk/acts/new/:kind", async (c) => {
    const who = official(c, options);
    const kind = kindIn(c);
    if (kind === undefined) return c.notFound();
    const id = c.req.query("draft");
    const asked = new Map(Object.entries(c.req.query()));
    const { register } = options.office;
    const decides =
      id === undefined && kind === "permit"
        ? decidedBy(asked, register)
        : undefined;
    const said =
      decides === undefined
        ? undefined
        : (await saidInCase(deskOf(options), decides)).said;
    const isNamed = await namedIds(log, kind);
    const typed =
      id === undefined
        ? prefilled(kind, asked, {
            ...{ register, now: options.now() },
            ...(isNamed === undefined ? {} : { isNamed }),
            ...(said?.wanted === undefined ? {} : { wanted: said.wanted }),
          })
        : typedOf(
            shapeOf(kind),
            "",
            actOf(await draftFor(deskOf(options), who, id)),
            readingOf(options),
          );
    return showForm(c, options, {
      ...{ kind, typed, draft: id },
      notices: [
        ...(decides === undefined ? [] : saidOfCase(decides, said, options)),
        ...(lacksId(kind, typed)
          ? [
              say(
                "No id is proposed: the office is still reading its log, and cannot say yet under which ids acts were refused. Write one, or load this page again in some minutes.",
              ),
            ]
          : []),
      ],
    });
  });
  app.post("/desk/acts/new/:kind", upTo(FORM_BYTES_MAX), async (c) => {
    const { person } = holder(c, options);
    const kind = kindIn(c);
    if (kind === undefined) return c.notFound();
    const desk = deskOf(options);
    const sent = await readForm(c);
    const draft = sent.text("draft") === "" ? undefined : sent.text("draft");
    const [does = "", place = ""] = sent.text("do").split(":");
    const all = await withFiles(desk, kind, sent);
    if (does === "add")
      return showForm(c, options, { kind, typed: all, draft, add: place });
    if (does === "remove" || does === "again")
      return showForm(c, options, {
        ...{ kind, draft },
        typed: squeezed(kind, does === "remove" ? withoutRow(all, place) : all),
      });
    if (does === "all" && `${kind}.${place}` === ALL_TICKED)
      return showForm(c, options, {
        ...{ kind, draft },
        typed: allTicked(options, kind, squeezed(kind, all), place),
      });
    const typed = squeezed(kind, all);
    const read = readAct(
      kind,
      await withWords(desk, kind, typed),
      readingOf(options),
    );
    if ("wrong" in read)
      return showForm(c, options, { kind, typed, draft, wrong: read.wrong });
    const id = await keep(desk, person, read.act, draft);
    return c.redirect(`/desk/drafts/${id}`, 303);
  });
}

/** What is said before a permit is filled in for an application, by what this office could read of it. */
function saidOfCase(
  application: Application,
  said: SaidInPaper | undefined,
  { office: { register }, now }: AppOptions,
): readonly string[] {
  const wanted = said?.wanted;
  if (wanted !== undefined)
    return [
      say(
        "Filled in with what the applicant asked for; you decide how much of it is granted. An end that the applicant did not name, or that lies too late, is the last one that the rules allow, at most a year from now.",
      ),
      ...(wanted.calls === undefined && wanted.steps === undefined
        ? [
            say(
              "The applicant asked for no limit of requests and steps, so none is filled in: granted so, there is none.",
            ),
          ]
        : []),
    ];
  const like = newestAlike(register, application.act, now());
  return [
    said === undefined
      ? say(
          "Which fields the application asks for cannot be read off its paper by this program, so none is ticked: look at the paper, and tick those that its purpose needs.",
        )
      : say(
          "The application names no fields, so none is ticked: tick those that its purpose needs.",
        ),
    like === undefined
      ? say(
          "How much it asks for is not known here, and there is no alike case: rows are as many as the product lets, and {n} requests are a proposal of this program.",
          { n: sayNumber(CALLS_PROPOSED) },
        )
      : say(
          "How much it asks for is not known here: rows, requests and steps are those of the newest alike case, the permit {permit}.",
          { permit: like.permit },
        ),
  ];
}

function allTicked(
  { office: { register }, now }: AppOptions,
  kind: DeskKind,
  typed: Typed,
  path: string,
): Typed {
  const among = choicesOf(path, { register, now: now(), kind, typed }) ?? [];
  return new Map([...typed, [path, among.map(({ value }) => value)]]);
}

function kindIn(c: Context): DeskKind | undefined {
  const kind = c.req.param("kind") ?? "";
  return isDeskKind(kind) ? kind : undefined;
}

function readingOf({ office }: AppOptions): { readonly offsetMinutes: number } {
  return { offsetMinutes: office.register.offsetMinutes };
}

function squeezed(kind: DeskKind, typed: Typed): Typed {
  return withoutBlankRows(shapeOf(kind), "", typed);
}

function showForm(
  c: Context,
  { office, now }: AppOptions,
  {
    kind,
    typed,
    draft,
    add,
    notices = [],
    wrong = [],
  }: {
    readonly kind: DeskKind;
    readonly typed: Typed;
    readonly draft: string | undefined;
    readonly add?: string;
    readonly notices?: readonly string[];
    readonly wrong?: Form["wrong"];
  },
): Response | Promise<Response> {
  const form: Form = {
    ...{ kind, typed, wrong, register: office.register, now: now() },
    oneMore: new Set(add === undefined ? [] : [add]),
  };
  return showPage(
    c,
    <ActForm {...{ form, draft, notices }} />,
    wrong.length === 0 ? 200 : 422,
  );
}

/** The draft that was changed, or a new one. */
async function keep(
  desk: Desk,
  person: number,
  act: Act,
  id: string | undefined,
): Promise<string> {
  if (id === undefined) return beginDraft(desk, person, act);
  const { drafts } = desk;
  const draft = await drafts.read(id);
  if (draft?.stage !== "open" || draft.by !== person)
    throw new Forbidden(
      "only whoever prepared a draft changes it, and only before anybody signs it",
    );
  await drafts.change(draft, { act });
  return id;
}

/** What was typed, with the files that came beside it kept and named in their fields. */
async function withFiles(
  { papers }: Desk,
  kind: DeskKind,
  sent: Sent,
): Promise<Typed> {
  const typed = new Map(sent.typed);
  for (const name of ["do", "draft"]) typed.delete(name);
  for (const { path, isPublic } of papersIn(shapeOf(kind), "", typed)) {
    const [file] = sent.files(`${path}.file`);
    typed.delete(`${path}.file`);
    if (file === undefined) continue;
    const bytes = new Uint8Array(await file.arrayBuffer());
    typed.set(join(path, KEPT), [
      isPublic
        ? `${await papers.keepPublic(bytes)} ${paperKind(path)} ${bytes.length}`
        : `${await papers.keepPrivate(bytes, kind)} ${paperKind(path)}`,
    ]);
  }
  return typed;
}

/** Words of private papers become papers when everything else is read: a form that is shown again still has them. */
async function withWords(
  { papers }: Desk,
  kind: DeskKind,
  typed: Typed,
): Promise<Typed> {
  const out = new Map(typed);
  for (const { path, isPublic } of papersIn(shapeOf(kind), "", typed)) {
    const words = textAt(typed, join(path, WORDS));
    if (isPublic || words === "") continue;
    const commitment = await papers.keepPrivate(utf8ToBytes(words), kind);
    out.set(join(path, KEPT), [`${commitment} ${paperKind(path)}`]);
  }
  return out;
}

/** What sort of paper it is, by the member that names it. */
function paperKind(path: string): string {
  const name = path.split(".").findLast((one) => !/^[0-9]+$/.test(one));
  return (name ?? "paper")
    .replaceAll(/[A-Z]/g, (letter) => `-${letter}`)
    .toLowerCase();
}

type PaperPlace = { readonly path: string; readonly isPublic: boolean };

/** Every field for a paper that the form may have had. */
function papersIn(
  node: Node,
  path: string,
  typed: Typed,
): readonly PaperPlace[] {
  switch (node.type) {
    case "paper":
      return [{ path, isPublic: node.isPublic }];
    case "object":
      return node.members.flatMap((member) =>
        papersIn(member.node, join(path, member.name), typed),
      );
    case "list": {
      // A row may have nothing but its file.
      const rows = Math.min(node.max, rowsTyped(typed, path) + 1);
      return Array.from({ length: rows }, (_, index) =>
        papersIn(node.item, join(path, index), typed),
      ).flat();
    }
    case "oneOf": {
      const chosen = textAt(typed, join(path, "is"));
      return node.branches
        .filter(({ name }) => name === chosen)
        .flatMap((branch) => papersIn(branch.node, path, typed));
    }
    case "leaf":
      return [];
  }
}
