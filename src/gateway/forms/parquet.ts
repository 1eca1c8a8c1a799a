import { setImmediate } from "node:timers/promises";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { FieldType } from "../../acts/shapes.ts";
import type { Batch } from "../../engine/source.ts";
import { type Cell, daysOf, microsOf } from "../../engine/values.ts";
import {
  type Bytes,
  cellOf,
  type Column,
  columnsOf,
  mustBeText,
  typeOf,
} from "./batch.ts";

type Options = ConstructorParameters<typeof ParquetWriter>[0];
type Element = Options["schema"][number];
/** A cell as the file holds it: dates are days, instants microseconds, integers exact to 64 bits. */
type Physical = string | number | bigint | boolean | null;

export type RowGroups = {
  /** A row group ends with the row that reaches one of these. */
  readonly rows: number;
  readonly cells: number;
  readonly characters: number;
};

/** Readers fetch row groups by ranges and skip them by their statistics; we hold one of them in memory. */
export const ROW_GROUPS: RowGroups = {
  rows: 50_000,
  cells: 1_000_000,
  characters: 16_000_000,
};

/**
 * Apache Parquet, Snappy, one row group after the other as it fills. Where a row group ends depends on the rows alone and nothing
 * in the file is about its making, so that the same rows give the same bytes however they arrive in batches.
 */
export async function* writeParquet(
  columns: readonly Column[],
  batches: AsyncIterable<Batch>,
  limits: RowGroups = ROW_GROUPS,
): Bytes {
  const out = new ByteWriter();
  const writer = new ParquetWriter({
    writer: out,
    schema: [
      { name: "root", num_children: columns.length },
      ...columns.map(elementOf),
    ],
    createdBy: "vitrine",
  });
  const group = new RowGroup(columns, limits);
  for await (const batch of batches) {
    const cells = columnsOf(columns, batch).map(([, one]) => one);
    for (let from = 0; from < batch.rows;) {
      from = group.take(cells, from, batch.rows);
      if (!group.isFull) continue;
      yield* group.write(writer, out);
    }
  }
  if (group.rows > 0) yield* group.write(writer, out);
  await writer.finish();
  yield taken(out);
}

/** What was written since the last time; the place in the file goes on. */
function taken(out: ByteWriter): Uint8Array {
  const bytes = out.getBytes().slice();
  out.index = 0;
  return bytes;
}

class RowGroup {
  readonly #columns: readonly Column[];
  readonly #texts: readonly number[];
  readonly #limits: RowGroups;
  readonly #rowsMax: number;
  #data: Physical[][];
  #characters = 0;
  rows = 0;

  constructor(columns: readonly Column[], limits: RowGroups) {
    this.#columns = columns;
    this.#texts = columns.flatMap((column, i) =>
      typeOf(column) === "text" ? [i] : [],
    );
    this.#limits = limits;
    this.#rowsMax = Math.max(
      1,
      Math.min(limits.rows, Math.floor(limits.cells / columns.length)),
    );
    this.#data = columns.map(() => []);
  }

  get isFull(): boolean {
    return (
      this.rows >= this.#rowsMax || this.#characters >= this.#limits.characters
    );
  }

  /** Takes rows until it is full; gives the first one that it left. */
  take(cells: readonly (readonly Cell[])[], from: number, end: number): number {
    let to = from;
    while (to < end && !this.isFull) {
      for (const i of this.#texts) {
        const cell = cells[i]?.[to];
        if (typeof cell === "string") this.#characters += cell.length;
      }
      to++;
      this.rows++;
    }
    this.#columns.forEach((column, i) => {
      const data = this.#data[i] ?? [];
      const type = typeOf(column);
      const given = cells[i] ?? [];
      for (let row = from; row < to; row++) {
        const cell = cellOf(column, given, row);
        data.push(cell === null ? null : physicalOf(type, cell, column.name));
      }
    });
    return to;
  }

  /**
   * Writes it column by column, and lets others run between them: encoding is work for the processor, and a whole row group in
   * one go would hold up every other request.
   */
  async *write(writer: ParquetWriter, out: ByteWriter): Bytes {
    const { row_groups: groups, num_rows: rowsBefore } = writer;
    const first = groups.length;
    for (const [i, { name }] of this.#columns.entries()) {
      await writer.write({
        columnData: [{ name, data: this.#data[i] ?? [] }],
        rowGroupSize: this.rows,
      });
      this.#data[i] = [];
      yield taken(out);
      await setImmediate();
    }
    // The writer takes each call for a row group of its own; here they are the columns of one.
    const parts = groups.splice(first);
    groups.push({
      columns: parts.flatMap(({ columns }) => columns),
      num_rows: BigInt(this.rows),
      total_byte_size: sum(parts.map((part) => part.total_byte_size)),
      total_compressed_size: sum(
        parts.map((part) => part.total_compressed_size ?? 0n),
      ),
    });
    writer.num_rows = rowsBefore + BigInt(this.rows);
    this.#characters = 0;
    this.rows = 0;
  }
}

const sum = (sizes: readonly bigint[]): bigint =>
  sizes.reduce((total, size) => total + size, 0n);

function elementOf(column: Column): Element {
  const { name } = column;
  const optional = { name, repetition_type: "OPTIONAL" } as const;
  switch (typeOf(column)) {
    case "text":
      return {
        ...optional,
        type: "BYTE_ARRAY",
        converted_type: "UTF8",
        logical_type: { type: "STRING" },
      };
    case "integer":
      // Signed 64 bits without saying so: the writer's annotation has a byte too wide, and DuckDB then reads nothing of the file.
      return { ...optional, type: "INT64" };
    case "decimal":
      return { ...optional, type: "DOUBLE" };
    case "boolean":
      return { ...optional, type: "BOOLEAN" };
    case "date":
      return {
        ...optional,
        type: "INT32",
        converted_type: "DATE",
        logical_type: { type: "DATE" },
      };
    case "instant":
      return {
        ...optional,
        type: "INT64",
        converted_type: "TIMESTAMP_MICROS",
        logical_type: {
          type: "TIMESTAMP",
          isAdjustedToUTC: true,
          unit: "MICROS",
        },
      };
  }
}

function physicalOf(
  type: FieldType,
  cell: NonNullable<Cell>,
  name: string,
): Physical {
  const text = typeof cell === "string" ? cell : undefined;
  switch (type) {
    case "text":
      if (text === undefined) break;
      mustBeText(text, `column ${name}`);
      return text;
    case "integer":
      if (text !== undefined ? INTEGER.test(text) : Number.isInteger(cell))
        return BigInt(cell);
      break;
    case "decimal":
      if (typeof cell === "number") return cell;
      break;
    case "boolean":
      if (typeof cell === "boolean") return cell;
      break;
    case "date":
      if (text !== undefined) return daysOf(text);
      break;
    case "instant":
      if (text !== undefined) return microsOf(text);
  }
  throw new TypeError(
    `Cannot write column ${name}: a cell is a ${typeof cell}, want ${type}`,
  );
}

const INTEGER = /^-?[0-9]+$/;
