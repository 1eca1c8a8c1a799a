import type { ReadRegister } from "../../src/register/register.ts";

/** What an office calls its own things: ids, titles, fields and what they mean. Pages quote them as they are, unless they have them in Chinese too. */
export function namesIn(register: ReadRegister): readonly string[] {
  const { datasets, products, organisations, bodies, systems, posts } =
    register;
  const titled = [datasets, products, organisations, bodies, systems, posts];
  return [
    register.title,
    register.origin,
    ...titled.flatMap((map) =>
      [...map].flatMap(([id, { act }]) => [id, ...inEnglishAlone(act)]),
    ),
    ...[...datasets.values()].flatMap(({ act }) => [
      ...act.fields.flatMap(({ name, meaning, meanings, unit }) => [
        ...[name, unit ?? ""],
        ...(meanings === undefined ? [meaning] : []),
      ]),
      ...[act.licence ?? "", act.source ?? ""],
    ]),
    ...[register.fees, register.permits, register.authorisations].flatMap(
      (map) => [...map.keys()],
    ),
    ...[...register.gateways].flatMap(([id, { act }]) => [
      ...[id, ...inEnglishAlone(act)],
    ]),
    ...(register.rulebook?.act.purposes ?? []).flatMap((one) => [
      ...[one.purpose, ...inEnglishAlone(one)],
    ]),
    ...(register.rulebook?.act.grounds ?? []).map(({ ground }) => ground),
    ...[register.rulebook?.act.rulebook ?? "", "root"],
    register.rulebook?.act.title ?? "",
  ];
}

function inEnglishAlone(one: {
  readonly title: string;
  readonly titles?: unknown;
}): readonly string[] {
  return one.titles === undefined ? [one.title] : [];
}
