import type { Child, FC } from "hono/jsx";

type Column = readonly [name: string, isNumber: boolean];

/** On a phone each row stands as a block of its own, every cell under its column's name. */
export const Table: FC<{
  label: string;
  caption: string;
  head: readonly Column[];
  /** Said in place of rows where there are none. */
  none: string;
  rows: readonly (readonly Child[])[];
}> = ({ label, caption, head, none, rows }) => (
  <div class="scroll" tabindex={0} role="region" aria-label={label}>
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {head.map(([name, isNumber]) => (
            <th scope="col" class={isNumber ? "number" : ""}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.length === 0 && (
          <tr>
            <td colspan={head.length}>{none}</td>
          </tr>
        )}
        {rows.map((cells) => (
          <tr>
            {cells.map((cell, index) => (
              <td
                class={head[index]?.[1] === true ? "number" : ""}
                data-column={head[index]?.[0]}
              >
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
