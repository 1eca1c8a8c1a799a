import { ACTS_STYLE } from "./styles/acts.ts";
import { TOKENS } from "./tokens.ts";
import { CITIZEN_STYLE } from "./styles/citizen.ts";
import { DESK_STYLE } from "./styles/desk.ts";
import { LETTER_STYLE } from "./styles/letters.ts";
import { THINGS_STYLE } from "./styles/things.ts";
import { APPLICANT_STYLE } from "./styles/applicant.ts";

/** A glass case. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M2 14h12M3 12h10V4L8 1.5 3 4z" fill="#cfe6ea" stroke="#0b5c6b" stroke-width="1.2" stroke-linejoin="round"/><path d="M6 9.5h4M8 7.5v2" stroke="#0b5c6b" stroke-width="1.2"/></svg>`;

/** One quiet sheet, readable at 320 px and on paper: a record that is read, not a shop that sells. */
export const STYLE = `${TOKENS}
* { box-sizing:border-box; }
html { -webkit-text-size-adjust:100%; }
body { overflow-wrap:break-word; margin:0; background:var(--ground); color:var(--ink); font:var(--text-m)/1.55 var(--sans); }
:lang(zh-Hans) { line-height:1.7; text-spacing-trim:normal; }
main, .lead, footer { max-width:var(--page); margin:0 auto; padding:0 var(--space); overflow-wrap:break-word; }
.lead { padding-top:var(--space-l); padding-bottom:var(--space-s); }
main { padding-bottom:var(--space-l); }
footer { padding-top:var(--space); padding-bottom:var(--space-xl); font-size:var(--text-s); }
main + footer { border-top:1px solid var(--line); }
h1, h2, h3 { font-family:var(--serif); line-height:1.25; text-wrap:balance; overflow-wrap:anywhere; }
h1 { font-size:var(--text-xxl); font-weight:600; margin:0 0 var(--space-s); }
h2 { font-size:var(--text-xl); font-weight:600; margin:var(--space-xl) 0 var(--space-s); }
h3 { font-size:var(--text-l); font-weight:600; margin:var(--space-l) 0 var(--space-s); }
main > :first-child, main > section:first-child > h2 { margin-top:var(--space); }
p { margin:0 0 .75rem; }
p, li, dd, figcaption, .notice { max-width:var(--measure); text-wrap:pretty; }
a { color:var(--accent); text-underline-offset:.15em; text-decoration-thickness:.06em; }
a:hover { text-decoration-thickness:.12em; }
dl { display:grid; grid-template-columns:minmax(9rem,14rem) 1fr; gap:var(--space-s) var(--space); margin:var(--space) 0; }
.facts, .three { grid-template-columns:1fr; }
dt { color:var(--quiet); }
dd { margin:0; }
.bar-top { display:flex; flex-wrap:wrap; align-items:baseline; gap:var(--space-xs) 1.5rem; padding:.6rem max(var(--space), calc((100% - var(--page)) / 2 + var(--space))); border-top:.25rem solid var(--accent); border-bottom:1px solid var(--line); background:var(--paper); font-size:var(--text-s); }
.bar-top ul.links { margin:0; }
.bar-top a, .bar-top button { display:inline-block; padding:.25rem 0; min-height:1.5rem; }
.bar-top .home { font:600 var(--text-m)/1.4 var(--serif); color:inherit; text-decoration:none; }
.bar-top nav a { text-decoration:none; }
.bar-top nav a:hover { text-decoration:underline; }
.bar-top [aria-current] { color:inherit; font-weight:600; box-shadow:0 .12rem 0 var(--accent); }
.bar-top .who { display:flex; flex-wrap:wrap; align-items:baseline; gap:var(--space-xs) 1rem; margin-left:auto; }
.bar-top form { display:flex; flex-wrap:wrap; align-items:baseline; gap:.5rem; margin:0; }
.bar-top .who button { background:none; border:0; padding:.25rem 0; color:var(--accent); text-decoration:underline; font:inherit; font-weight:400; cursor:pointer; }
.choices { display:flex; flex-wrap:wrap; gap:.5rem; list-style:none; padding:0; margin:.5rem 0 1rem; }
.printed { display:none; }
.skip { position:absolute; left:-999rem; }
.skip:focus { left:1rem; top:.25rem; background:var(--paper); padding:.25rem .5rem; z-index:1; }
:focus-visible, input:is([type=date],[type=datetime-local],[type=month]):focus-within { outline:3px solid var(--accent); outline-offset:2px; }
.quiet { color:var(--quiet); }
.notice { border-left:.25rem solid var(--accent); padding:.6rem .9rem; margin:0 0 .75rem; background:var(--paper); }
.figures { display:grid; grid-template-columns:repeat(auto-fit,minmax(13rem,1fr)); gap:0; padding:0; margin:var(--space) 0; list-style:none; background:var(--paper); border:1px solid var(--line); border-radius:var(--radius); overflow:hidden; }
.figures li { padding:.9rem 1rem; box-shadow:1px 1px 0 0 var(--line); }
.figures b { display:block; font:600 var(--text-xl)/1.3 var(--serif); font-variant-numeric:tabular-nums; overflow-wrap:anywhere; }
.contents { margin-top:var(--space-s); font-size:var(--text-s); }
.contents ul { margin:0; }
details { font-size:var(--text-s); color:var(--quiet); max-width:var(--measure); }
summary { cursor:pointer; padding:.15rem 0; }
/* Where columns lie outside, a shadow at that edge says so: it is there unless the table's own end covers it. */
.scroll { overflow-x:auto; container-type:inline-size; background:linear-gradient(to right, var(--paper) 40%, transparent) left / 3rem 100% no-repeat local, linear-gradient(to left, var(--paper) 40%, transparent) right / 3rem 100% no-repeat local, linear-gradient(to right, var(--edge), transparent) left / 1rem 100% no-repeat scroll, linear-gradient(to left, var(--edge), transparent) right / 1rem 100% no-repeat scroll, var(--paper); --edge:color-mix(in srgb, var(--ink) 30%, transparent); border:1px solid var(--line); border-radius:var(--radius); }
.scroll + .scroll { margin-top:var(--space); }
table { border-collapse:collapse; width:100%; font-size:var(--text-s); line-height:1.45; }
caption { position:sticky; left:0; max-width:100cqi; text-align:left; padding:.6rem .75rem; color:var(--quiet); font-size:var(--text-xs); }
th, td { text-align:left; vertical-align:top; padding:.45rem .75rem; border-top:1px solid var(--line); }
th { font-weight:600; color:var(--quiet); font-size:var(--text-xs); vertical-align:bottom; }
tbody tr:hover { background:color-mix(in srgb, var(--accent) 5%, transparent); }
td.number, th.number { text-align:right; font-variant-numeric:tabular-nums; white-space:nowrap; }
td time { font-variant-numeric:tabular-nums; white-space:nowrap; }
:lang(zh-Hans) th { word-break:keep-all; }
:lang(zh-Hans) td { min-width:4rem; }
td ol { margin:0; padding-left:1.2rem; }
.refused { color:var(--bad); font-weight:600; }
.granted { color:var(--good); font-weight:600; }
.bar { display:block; width:100%; height:1rem; margin:var(--space-s) 0; border-radius:var(--radius); }
.stacked { height:2.6rem; }
code, pre { font:.85em/1.45 var(--mono); overflow-wrap:anywhere; }
pre { background:var(--paper); border:1px solid var(--line); border-radius:var(--radius); padding:.75rem; white-space:pre-wrap; margin:0 0 .75rem; }
figure { margin:var(--space) 0; }
figcaption { font-size:var(--text-s); color:var(--quiet); margin-bottom:.35rem; }
.picture svg { display:block; width:100%; height:2rem; background:var(--paper); border:1px solid var(--line); border-radius:var(--radius); }
.picture.tall svg { height:8rem; }
.picture.half svg { height:4rem; }
.picture figcaption { margin-top:.35rem; font-size:var(--text-xs); }
.ask label, .ask span { display:block; }
.ask input:not([type=checkbox]), .ask select, .ask button { font:inherit; color:inherit; background:var(--paper); border:1px solid var(--quiet); border-radius:var(--radius); padding:.4rem .6rem; max-width:100%; }
.ask fieldset { border:1px solid var(--line); border-radius:var(--radius); margin:.75rem 0; min-width:0; }
.ask fieldset label { padding:.2rem 0; }
.ask button { cursor:pointer; font-weight:600; }
ul.links { display:flex; flex-wrap:wrap; gap:.25rem 1.25rem; list-style:none; padding:0; margin:.5rem 0 .75rem; }
ul.plain { padding-left:1.1rem; margin:.25rem 0; }
@media screen and (max-width: 45rem) {
  table, caption, tbody, tr { display:block; }
  thead { position:absolute; left:-999rem; }
  tr { border-top:1px solid var(--line); padding:.6rem 0; }
  td, td.number { --label:clamp(6rem, 30vw, 8.5rem); display:flow-root; border:0; padding:.12rem .75rem .12rem calc(var(--label) + 1.25rem); text-align:left; white-space:normal; overflow-wrap:anywhere; }
  td[data-column]::before { content:attr(data-column); float:left; width:var(--label); margin-left:calc(-.5rem - var(--label)); color:var(--quiet); font-size:var(--text-xs); line-height:calc(1.45 * var(--text-s)); }
  td[colspan] { display:block; padding-left:.75rem; }
  td:empty { display:none; }
  dl { grid-template-columns:1fr; gap:0 var(--space); }
  dd { margin-bottom:var(--space-s); }
}
@media (min-width: 64rem) {
  /* A long name takes two lines, so that all ways in stand in one row beside it; what somebody has who is signed in stands below, at the right. */
  .bar-top { align-items:center; column-gap:1rem; font-size:.83rem; }
  .bar-top .home { max-width:13.5rem; line-height:1.25; font-size:.95rem; text-wrap:balance; }
  .bar-top nav ul.links { gap:.1rem .8rem; }
  .bar-top .find { margin-left:auto; flex-wrap:nowrap; }
  .bar-top .find input { width:6.5rem; }
  .bar-top .who:not(:has(form)) { margin-left:0; }
}
@media (min-width: 48rem) { .figures { grid-template-columns:repeat(3,1fr); } }
@media (max-width: 30rem) {
  .lead { padding-top:var(--space-s); padding-bottom:0; }
  h1 { font-size:var(--text-xl); }
  h2 { font-size:var(--text-l); margin-top:var(--space-l); }
  .bar-top .who { margin-left:0; }
  .bar-top { row-gap:.25rem; padding-top:.3rem; padding-bottom:.3rem; }
  .bar-top nav ul.links { gap:0 1rem; }
  .bar-top nav li { text-wrap:nowrap; }
  .bar-top .home { line-height:1.3; }
  /* The front page says the name in its heading. */
  .bar-top .home[aria-current] { display:none; }
  .lead p { font-size:var(--text-s); line-height:1.45; }
  .figures { grid-template-columns:1fr 1fr; margin:var(--space-s) 0; }
  .figures li { padding:.4rem .6rem; font-size:var(--text-s); line-height:1.35; }
  .figures b { font-size:var(--text-l); }
  .bar { height:.6rem; }
}
@media print {
  body { font-size:10pt; }
  main, .lead, footer { max-width:none; padding:0; }
  .skip, .bar-top, nav, form.filters, .unprinted { display:none; }
  .printed { display:block; max-width:none; margin:0 0 .75rem; padding-bottom:.25rem; border-bottom:1px solid; font-size:8.5pt; overflow-wrap:anywhere; }
  body:has(.letter) .printed { display:none; }
  .scroll { overflow:visible; border:0; container-type:normal; }
  caption { position:static; max-width:none; }
  table { font-size:8.5pt; }
  thead { display:table-header-group; }
  tr, h2, figure { break-inside:avoid; break-after:auto; }
  h2 { break-after:avoid; }
  th, td { padding:.15rem .3rem; overflow-wrap:break-word; }
  td time { white-space:normal; }
  .wide { page:wide; }
  @page wide { size:landscape; }
  a { color:inherit; text-decoration:none; }
}
${ACTS_STYLE}
${CITIZEN_STYLE}
${APPLICANT_STYLE}

${DESK_STYLE}

${THINGS_STYLE}
${LETTER_STYLE}`;
