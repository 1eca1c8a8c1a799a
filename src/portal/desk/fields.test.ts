import { expect, test } from "vitest";
import { sayField } from "./field-said.ts";
import { deskKinds } from "./kinds.ts";
import { type Node, shapeOf } from "./shape.ts";
import { join } from "./typed.ts";
import { VALUE_WORDS } from "./value-words.ts";

test("every field of every kind of act has a label, and every word of its choices", () => {
  const silent: string[] = [];
  const walk = (kind: (typeof deskKinds)[number], node: Node, path: string) => {
    if (path !== "" && !/(?:^|\.)[0-9]+$/.test(path))
      try {
        sayField(kind, path);
      } catch {
        silent.push(`${kind} ${path}`);
      }
    switch (node.type) {
      case "object":
        for (const { name, node: member } of node.members)
          walk(kind, member, join(path, name));
        return;
      case "list":
        return walk(kind, node.item, join(path, 0));
      case "oneOf":
        for (const branch of node.branches) {
          if (VALUE_WORDS[branch.name] === undefined)
            silent.push(`${kind} ${path} = ${branch.name}`);
          walk(kind, branch.node, path);
        }
        return;
      case "leaf":
        for (const word of node.among ?? [])
          if (VALUE_WORDS[word] === undefined)
            silent.push(`${kind} ${path} = ${word}`);
        return;
      case "paper":
        return;
    }
  };
  for (const kind of deskKinds) walk(kind, shapeOf(kind), "");
  expect(silent).toEqual([]);
});
