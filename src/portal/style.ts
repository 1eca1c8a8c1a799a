import { APPLICANT_STYLE } from "./styles/applicant.ts";
import { CITIZEN_STYLE } from "./styles/citizen.ts";
import { DESK_STYLE } from "./styles/desk.ts";

/** A glass case. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M2 14h12M3 12h10V4L8 1.5 3 4z" fill="#cfe6ea" stroke="#0b5c6b" stroke-width="1.2" stroke-linejoin="round"/><path d="M6 9.5h4M8 7.5v2" stroke="#0b5c6b" stroke-width="1.2"/></svg>`;

/** One quiet sheet: tokens first, light and dark, readable at 320 px. */
export const STYLE = `
:root { --ink:#1b2430; --quiet:#566173; --line:#d9dee6; --paper:#ffffff; --ground:#f5f6f8; --accent:#0b5c6b; --bad:#a32020; --good:#1c6b3a; --space:1rem; }
@media (prefers-color-scheme: dark) { :root { --ink:#e8ecf2; --quiet:#a3aebd; --line:#323b49; --paper:#171c24; --ground:#10141a; --accent:#6fc3d3; --bad:#ff9c94; --good:#7fd6a0; } }
* { box-sizing: border-box; }
body { margin:0; background:var(--ground); color:var(--ink); font:16px/1.5 system-ui, "Noto Sans", "Noto Sans SC", sans-serif; }
main, .lead, footer { max-width:68rem; margin:0 auto; padding:var(--space); }
.lead { padding-top:2rem; }
h1 { font-size:1.5rem; line-height:1.25; margin:0 0 .25rem; }
h2 { font-size:1.1rem; margin:2rem 0 .5rem; }
p { margin:.25rem 0 .75rem; }
a { color:var(--accent); }
.bar-top { display:flex; flex-wrap:wrap; align-items:baseline; gap:.25rem 1.5rem; padding:.5rem var(--space); border-bottom:1px solid var(--line); background:var(--paper); }
.bar-top ul.links { margin:0; }
.bar-top a, .bar-top button { padding:.15rem 0; }
.bar-top .home { font-weight:600; color:inherit; text-decoration:none; }
.bar-top [aria-current] { color:inherit; font-weight:600; text-decoration:none; }
.bar-top .who { display:flex; flex-wrap:wrap; align-items:baseline; gap:.25rem 1rem; margin-left:auto; }
.bar-top form { display:flex; flex-wrap:wrap; align-items:baseline; gap:.5rem; margin:0; }
.bar-top button { background:none; border:0; color:var(--accent); text-decoration:underline; font:inherit; cursor:pointer; }
.choices { display:flex; flex-wrap:wrap; gap:.5rem; list-style:none; padding:0; margin:.5rem 0 1rem; }
.skip { position:absolute; left:-999rem; }
.skip:focus { left:1rem; top:.25rem; background:var(--paper); padding:.25rem .5rem; }
.quiet { color:var(--quiet); }
.notice { border-left:.25rem solid var(--accent); padding:.5rem .75rem; background:var(--paper); }
.figures { display:grid; grid-template-columns:repeat(auto-fit,minmax(13rem,1fr)); gap:.75rem; padding:0; margin:1rem 0; list-style:none; }
.figures li { background:var(--paper); border:1px solid var(--line); border-radius:.4rem; padding:.75rem; }
.figures b { display:block; font-size:1.35rem; font-variant-numeric:tabular-nums; }
details { font-size:.85rem; color:var(--quiet); }
.scroll { overflow-x:auto; background:var(--paper); border:1px solid var(--line); border-radius:.4rem; }
.scroll:focus-visible, a:focus-visible, summary:focus-visible { outline:3px solid var(--accent); outline-offset:2px; }
table { border-collapse:collapse; width:100%; font-size:.92rem; }
caption { text-align:left; padding:.5rem .75rem; color:var(--quiet); font-size:.85rem; }
th, td { text-align:left; vertical-align:top; padding:.4rem .75rem; border-top:1px solid var(--line); }
td.number, th.number { text-align:right; font-variant-numeric:tabular-nums; white-space:nowrap; }
.refused { color:var(--bad); font-weight:600; }
.granted { color:var(--good); font-weight:600; }
.bar { display:block; width:100%; height:1.1rem; margin:.5rem 0; }
.stacked { height:2.6rem; }
code, pre { font:.85rem/1.45 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap:anywhere; }
pre { background:var(--paper); border:1px solid var(--line); border-radius:.4rem; padding:.75rem; white-space:pre-wrap; }
h3 { font-size:1rem; margin:1rem 0 .25rem; }
.scroll + .scroll { margin-top:.75rem; }
figure { margin:.75rem 0; }
figcaption { font-size:.85rem; color:var(--quiet); margin-bottom:.25rem; }
.ask label, .ask span { display:block; }
.ask input:not([type=checkbox]), .ask select, .ask button { font:inherit; color:inherit; background:var(--paper); border:1px solid var(--quiet); border-radius:.3rem; padding:.35rem .5rem; max-width:100%; }
.ask fieldset { border:1px solid var(--line); border-radius:.4rem; margin:.75rem 0; min-width:0; }
.ask button { cursor:pointer; font-weight:600; }
.ask :focus-visible, pre:focus-visible { outline:3px solid var(--accent); outline-offset:2px; }
ul.links { display:flex; flex-wrap:wrap; gap:.25rem 1.25rem; list-style:none; padding:0; margin:.5rem 0 .75rem; }
ul.plain { padding-left:1.1rem; margin:.25rem 0; }
@media screen and (max-width: 45rem) {
  table, caption, tbody, tr { display:block; }
  thead { position:absolute; left:-999rem; }
  tr { border-top:1px solid var(--line); padding:.5rem 0; }
  td, td.number { display:grid; grid-template-columns:8.5rem 1fr; gap:.5rem; border:0; padding:.1rem .75rem; text-align:left; white-space:normal; overflow-wrap:anywhere; }
  td[data-column]::before { content:attr(data-column); color:var(--quiet); }
  td[colspan] { display:block; }
  td:empty { display:none; }
}
@media (max-width: 30rem) { .lead { padding-top:1rem; } h1 { font-size:1.2rem; } .figures { grid-template-columns:1fr 1fr; gap:.5rem; } .figures li { padding:.5rem; font-size:.85rem; } .figures b { font-size:1.05rem; } }
@media print {
  body { background:#fff; font-size:10pt; }
  main, .lead, footer { max-width:none; padding:0; }
  .skip, .bar-top, .unprinted { display:none; }
  .scroll { overflow:visible; border:0; }
  table { font-size:8.5pt; }
  thead { display:table-header-group; }
  tr, h2 { break-inside:avoid; break-after:auto; }
  h2 { break-after:avoid; }
  th, td { padding:.15rem .3rem; overflow-wrap:break-word; }
  .wide { page:wide; }
  @page wide { size:landscape; }
  a { color:inherit; text-decoration:none; }
}
${CITIZEN_STYLE}${APPLICANT_STYLE}${DESK_STYLE}`;
