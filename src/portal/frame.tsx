import type { Child, FC } from "hono/jsx";

/** What every page stands in: its head, a way past the head for whoever goes by keyboard, and its end. */
export const Frame: FC<{
  title: string;
  /** The same page as JSON. */
  json?: string;
  /** Stands above the content. */
  lead: Child;
  foot: Child;
  children?: Child;
}> = ({ title, json, lead, foot, children }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      <link rel="icon" type="image/svg+xml" href="/icon.svg" />
      <link rel="stylesheet" href="/style.css" />
      {json !== undefined && (
        <link rel="alternate" type="application/json" href={json} />
      )}
    </head>
    <body>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header>{lead}</header>
      <main id="main">{children}</main>
      <footer class="quiet">{foot}</footer>
    </body>
  </html>
);
