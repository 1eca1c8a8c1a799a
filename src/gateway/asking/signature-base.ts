import {
  type Dictionary,
  type InnerList,
  isInnerList,
  ParseError,
  parseDictionary,
  serializeDictionary,
  SerializeError,
  serializeInnerList,
} from "structured-headers";
import { type HttpRequest, readTarget, type Target } from "./http-request.ts";

/** One member of Signature-Input with its signature, parsed (RFC 9421 section 4). */
export type SignatureMember = {
  readonly label: string;
  /** The covered components in their order, none twice, none with a parameter. */
  readonly components: readonly string[];
  readonly parameters: ReadonlyMap<string, unknown>;
  /** As it stands in the base behind "@signature-params". */
  readonly serialized: string;
  readonly signature: Uint8Array;
};

/** What a request says of its signatures cannot be read as that. */
export class UnreadableSignature extends Error {
  override readonly name = "UnreadableSignature";
}

const FIELD_CHARACTERS_MAX = 8_192;
const MEMBERS_MAX = 4;
const COMPONENTS_MAX = 32;

const derived: Readonly<
  Record<string, (of: Target, method: string) => string>
> = {
  "@method": (_, method) => method,
  "@target-uri": ({ scheme, authority, path, query }) =>
    `${scheme}://${authority}${path}${query}`,
  "@authority": ({ authority }) => authority,
  "@scheme": ({ scheme }) => scheme,
  "@request-target": ({ path, query }) => `${path}${query}`,
  "@path": ({ path }) => path,
  "@query": ({ query }) => (query === "" ? "?" : query),
};

/** Every signature of a request, parsed; throws UnreadableSignature. */
export function signaturesOf(
  request: Pick<HttpRequest, "header">,
): readonly SignatureMember[] {
  const inputs = dictionaryOf(request, "signature-input");
  const signatures = dictionaryOf(request, "signature");
  return [...inputs].map(([label, input]) => {
    if (!isInnerList(input))
      throw unreadable(`Signature-Input ${label} is no list of components`);
    const [signature] = signatures.get(label) ?? [];
    if (!(signature instanceof ArrayBuffer))
      throw unreadable(`Signature has no bytes under ${label}`);
    return {
      label,
      components: componentsOf(label, input),
      parameters: input[1],
      serialized: serializeInnerList(input),
      signature: new Uint8Array(signature),
    };
  });
}

/** The text of one member as it stood in both fields: what is kept to show later what was asked and signed. */
export function textOfMember(
  member: Pick<SignatureMember, "label" | "serialized" | "signature">,
): { readonly signatureInput: string; readonly signature: string } {
  const { label, serialized, signature } = member;
  return {
    signatureInput: `${label}=${serialized}`,
    signature: serializeDictionary({ [label]: [signature, new Map()] }),
  };
}

/** The bytes that are signed (RFC 9421 section 2.5); throws UnreadableSignature where a component is not there. */
export function signatureBase(
  request: Pick<HttpRequest, "method" | "url" | "header">,
  components: readonly string[],
  serialized: string,
): string {
  const target = readTarget(request.url);
  if (target === undefined) throw unreadable("its target is no http address");
  const lines = components.map((name) => {
    const value = valueOf(request, target, name);
    if (value === undefined)
      throw unreadable(`it covers ${name}, which is not there`);
    if (!/^[\t\x20-\x7e]*$/.test(value))
      throw unreadable(`it covers ${name}, which is not ASCII`);
    return `"${name}": ${value}`;
  });
  return [...lines, `"@signature-params": ${serialized}`].join("\n");
}

function valueOf(
  { method, header }: Pick<HttpRequest, "method" | "header">,
  target: Target,
  name: string,
): string | undefined {
  if (!name.startsWith("@"))
    return header(name)?.replace(/^[\t ]+|[\t ]+$/g, "");
  return Object.hasOwn(derived, name)
    ? derived[name]?.(target, method)
    : undefined;
}

function componentsOf(label: string, [items]: InnerList): readonly string[] {
  const names = items.map(([name, parameters]) => {
    if (typeof name !== "string" || !/^@?[a-z0-9-]+$/.test(name))
      throw unreadable(`signature ${label} covers something without a name`);
    if (parameters.size > 0)
      throw unreadable(
        `signature ${label} covers ${name} with parameters, want it without`,
      );
    return name;
  });
  if (names.length > COMPONENTS_MAX)
    throw unreadable(`signature ${label} covers over ${COMPONENTS_MAX} things`);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw unreadable(`signature ${label} covers ${twice} twice`);
  return names;
}

/**
 * A field whose members have names; empty where it is not there. Only the one text that RFC 9651 writes for its members is
 * taken: a parameter that stands there twice, or a number in another spelling, could be read in two ways.
 */
export function dictionaryOf(
  { header }: Pick<HttpRequest, "header">,
  name: string,
): Dictionary {
  const text = header(name);
  if (text === undefined || text === null) return new Map();
  if (text.length > FIELD_CHARACTERS_MAX)
    throw unreadable(`${name} has over ${FIELD_CHARACTERS_MAX} characters`);
  try {
    const members = parseDictionary(text);
    if (members.size > MEMBERS_MAX)
      throw unreadable(`${name} has over ${MEMBERS_MAX} members`);
    if (serializeDictionary(members) !== text)
      throw unreadable(`${name} is not written as RFC 9651 writes it`);
    return members;
  } catch (cause) {
    if (!(cause instanceof ParseError || cause instanceof SerializeError))
      throw cause;
    throw unreadable(`${name} is no structured field (RFC 9651)`, cause);
  }
}

function unreadable(why: string, cause?: unknown): UnreadableSignature {
  return new UnreadableSignature(why, { cause });
}
