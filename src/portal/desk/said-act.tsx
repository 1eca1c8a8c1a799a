import { titleIn } from "../lang/title-in.ts";
import { sayInstant, sayMoney } from "../lang/figures.ts";
import type { Child, FC } from "hono/jsx";
import { showDate, civilAt } from "../../acts/dates.ts";
import type { Act } from "../../acts/act.ts";
import { showCount, showMoney } from "../../audit/says.ts";
import type { ReadRegister } from "../../register/register.ts";
import { say } from "../lang/say.ts";
import { currencyOf } from "../findings.ts";
import { sayField, sayValue } from "./field-said.ts";
import { isRecord } from "../is-record.ts";
import type { DeskKind } from "./kinds.ts";
import { type Leaf, type Node, type ObjectNode, shapeOf } from "./shape.ts";
import { isReference, join } from "./typed.ts";
import { titled } from "./titled.ts";

type Told = {
  readonly kind: DeskKind;
  readonly register: ReadRegister;
  readonly currency: string | undefined;
};

/** An act in plain words: every member by its name, ids with what they name. */
export const SaidAct: FC<{
  kind: DeskKind;
  act: Act;
  register: ReadRegister;
}> = ({ kind, act, register }) => (
  <dl class="said">
    {membersSaid(shapeOf(kind), { ...act }, "", {
      ...{ kind, register },
      currency: currencyOf(act),
    })}
  </dl>
);

function membersSaid(
  { members }: ObjectNode,
  value: Readonly<Record<string, unknown>>,
  path: string,
  told: Told,
): readonly Child[] {
  return members
    .filter(({ name }) => value[name] !== undefined)
    .map(({ name, node }) => (
      <>
        <dt>{sayField(told.kind, join(path, name))}</dt>
        <dd>{saidNode(node, value[name], join(path, name), told)}</dd>
      </>
    ));
}

function saidNode(node: Node, value: unknown, path: string, told: Told): Child {
  switch (node.type) {
    case "leaf":
      return saidLeaf(node, value, path, told);
    case "paper":
      return node.isPublic
        ? say("A public paper, which everybody can read")
        : say(
            "A private paper, of which the public sees only that it is there",
          );
    case "object":
      return isRecord(value) ? (
        <dl class="said">{membersSaid(node, value, path, told)}</dl>
      ) : null;
    case "list":
      return saidList(node, value, path, told);
    case "oneOf":
      return saidOneOf(node, value, path, told);
  }
}

function saidList(
  { item }: Extract<Node, { type: "list" }>,
  value: unknown,
  path: string,
  told: Told,
): Child {
  const values: readonly unknown[] = Array.isArray(value) ? value : [];
  if (values.length === 0) return say("none");
  if (item.type === "leaf")
    return values.map((one) => saidLeaf(item, one, path, told)).join(say(", "));
  return (
    <ol>
      {values.map((one, index) => (
        <li>{saidNode(item, one, join(path, index), told)}</li>
      ))}
    </ol>
  );
}

function saidOneOf(
  { by, branches }: Extract<Node, { type: "oneOf" }>,
  value: unknown,
  path: string,
  told: Told,
): Child {
  if (!isRecord(value)) return null;
  const chosen = by === undefined ? undefined : String(value[by]);
  const branch = branches.find(({ name, node }) =>
    chosen === undefined
      ? node.type === "object"
        ? node.members.some((member) => value[member.name] !== undefined)
        : (node.type === "paper" && node.isPublic) === "paper" in value
      : name === chosen,
  );
  if (branch === undefined) return null;
  if (isReference(branch.node, branch.name))
    return say("{what}: {title}", {
      what: sayValue(branch.name),
      title: nameOfId(branch.name, String(value[branch.name]), told.register),
    });
  return (
    <>
      {chosen !== undefined && sayValue(chosen)}
      {saidNode(branch.node, value, path, told)}
    </>
  );
}

function saidLeaf(
  { leaf }: Leaf,
  value: unknown,
  path: string,
  { register, currency }: Told,
): string {
  if (typeof value === "boolean") return value ? say("yes") : say("no");
  if (typeof value === "number") {
    switch (leaf) {
      case "day":
        return showDay(value, register);
      case "instant":
        return sayInstant(value, register.offsetMinutes);
      case "money":
        return sayMoney(value, currency);
      case "percent":
        return `${showMoney(value, "").trim()} %`;
      default:
        return path.endsWith("ear") ? String(value) : showCount(value);
    }
  }
  const text = String(value);
  if (leaf === "choice") return sayValue(text);
  const name = path.split(".").findLast((one) => !/^[0-9]+$/.test(one)) ?? "";
  return leaf === "id" ? nameOfId(name, text, register) : text;
}

/** A day where an instant is the beginning of one, in the office's own time. */
export function showDay(
  at: number,
  { offsetMinutes }: Pick<ReadRegister, "offsetMinutes">,
): string {
  const text = sayInstant(at, offsetMinutes);
  return text.endsWith(" 00:00") ? showDate(civilAt(at, offsetMinutes)) : text;
}

/** Ids as people know them. */
function nameOfId(name: string, id: string, register: ReadRegister): string {
  const { organisations, products, posts, bodies, datasets, systems } =
    register;
  const { promises, contributions, gateways } = register;
  const found = {
    organisation: organisations,
    operator: organisations,
    bidder: organisations,
    contributor: organisations,
    product: products,
    post: posts,
    body: bodies,
    dataset: datasets,
    datasets,
    system: systems,
    ...{ promise: promises, contribution: contributions, gateway: gateways },
  };
  const map = Object.entries(found).find(([one]) => one === name)?.[1];
  const isPurpose = name === "purpose" || name === "purposes";
  const one =
    map?.get(id)?.act ??
    (isPurpose
      ? register.rulebook?.act.purposes.find(({ purpose }) => purpose === id)
      : undefined);
  return one === undefined ? id : titled(titleIn(one), id);
}
