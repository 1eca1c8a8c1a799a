/**
 * Colour, type and space, once. Every sheet of the portal uses these and no number of its own for a colour. Text on `--paper` and on
 * `--ground` has a contrast of at least 4.5 to 1 in both themes, which the browser's tests measure.
 */
const COLOURS = {
  light: {
    ink: "#1c2329",
    quiet: "#55606c",
    line: "#d6dbe0",
    paper: "#ffffff",
    ground: "#f4f5f3",
    accent: "#0a5a68",
    bad: "#9b1c1c",
    good: "#1a6638",
  },
  dark: {
    ink: "#e6e9ec",
    quiet: "#a5b0bb",
    line: "#343d47",
    paper: "#191e24",
    ground: "#11151a",
    accent: "#74c4d2",
    bad: "#ff9d95",
    good: "#82d6a3",
  },
} as const;

/** A scale by fifths: each size is 1.2 of the one below it. */
const TYPE = {
  "text-xs": ".79rem",
  "text-s": ".89rem",
  "text-m": "1rem",
  "text-l": "1.2rem",
  "text-xl": "1.44rem",
  "text-xxl": "1.9rem",
  sans: 'system-ui, "Noto Sans", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif',
  serif: 'Charter, "Noto Serif", "Noto Serif SC", "Songti SC", Georgia, serif',
  mono: 'ui-monospace, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace',
  /** No line is longer than can be read without a finger on it. */
  measure: "44rem",
  page: "72rem",
} as const;

const SPACE = {
  "space-xs": ".25rem",
  "space-s": ".5rem",
  space: "1rem",
  "space-l": "2rem",
  "space-xl": "3rem",
  radius: ".3rem",
} as const;

function named(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `--${name}:${value};`)
    .join(" ");
}

export const TOKENS = `
:root { color-scheme:light dark; ${named(COLOURS.light)} ${named(TYPE)} ${named(SPACE)} }
@media (prefers-color-scheme: dark) { :root { ${named(COLOURS.dark)} } }
@media print { :root { ${named({ ...COLOURS.light, ground: "#ffffff", ink: "#000000", quiet: "#333333" })} } }
`;
