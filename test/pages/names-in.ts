import type { ReadRegister } from "../../src/register/register.ts";

/** What an office calls its own things: ids, titles, fields and what they mean. Pages quote them as they are. */
export function namesIn(register: ReadRegister): readonly string[] {
  const { datasets, products, organisations, bodies, systems, posts } =
    register;
  const titled = [datasets, products, organisations, bodies, systems, posts];
  return [
    register.title,
    register.origin,
    ...titled.flatMap((map) =>
      [...map].flatMap(([id, { act }]) => [id, act.title]),
    ),
    ...[...datasets.values()].flatMap(({ act }) => [
      ...act.fields.flatMap(({ name, meaning, unit }) => [
        ...[name, meaning, unit ?? ""],
      ]),
      ...[act.licence ?? "", act.source ?? ""],
    ]),
    ...[register.fees, register.permits, register.authorisations].flatMap(
      (map) => [...map.keys()],
    ),
    ...register.gateways.keys(),
    ...(register.rulebook?.act.purposes ?? []).flatMap((one) => [
      ...[one.purpose, one.title],
    ]),
    ...(register.rulebook?.act.grounds ?? []).map(({ ground }) => ground),
    ...[register.rulebook?.act.rulebook ?? "", "root"],
    register.rulebook?.act.title ?? "",
  ];
}
