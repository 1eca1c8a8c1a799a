import { TextDecoder } from "node:util";
import { SaxesParser } from "saxes";
import { ReadError } from "../../read-error.ts";

/** The parser holds a text until its end; no cell is as long. */
const TEXT_CHARACTERS_MAX = 4_000_000;

/** What a part of a workbook is told as: names without their prefix. */
export type Heard = {
  readonly open: (
    name: string,
    attributes: Readonly<Record<string, string>>,
  ) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
};

/** Reads XML piece by piece, and yields after each; a document type, and with it any entity of its own, is refused. */
export async function* hear(
  file: string,
  part: string,
  bytes: AsyncIterable<Buffer>,
  heard: Heard,
): AsyncGenerator<void> {
  const parser = new SaxesParser();
  const wrong = (why: string): ReadError =>
    new ReadError(file, `its part ${part} is not readable: ${why}`);
  parser.on("error", (cause) => {
    throw wrong(cause.message);
  });
  parser.on("doctype", () => {
    throw wrong("it declares a document type, want none");
  });
  let since = 0;
  parser.on("opentag", ({ name, attributes }) => {
    since = 0;
    heard.open(localName(name), attributes);
  });
  parser.on("closetag", ({ name }) => {
    since = 0;
    heard.close?.(localName(name));
  });
  if (heard.text !== undefined) {
    parser.on("text", heard.text);
    parser.on("cdata", heard.text);
  }
  let decoder: TextDecoder | undefined;
  for await (const piece of bytes) {
    decoder ??= new TextDecoder(encodingOf(piece));
    const text = decoder.decode(piece, { stream: true });
    since += text.length;
    if (since > TEXT_CHARACTERS_MAX)
      throw wrong(
        `it holds more than ${TEXT_CHARACTERS_MAX} characters without a tag, want cells`,
      );
    parser.write(text);
    yield;
  }
  parser.write(decoder?.decode() ?? "");
  parser.close();
  yield;
}

/** Hears a small part to its end. */
export async function hearAll(...args: Parameters<typeof hear>): Promise<void> {
  for await (const _ of hear(...args));
}

function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}

function encodingOf(piece: Buffer): string {
  if (piece[0] === 0xff && piece[1] === 0xfe) return "utf-16le";
  return piece[0] === 0xfe && piece[1] === 0xff ? "utf-16be" : "utf-8";
}
