/** The page's one sheet: print first in mind, light and dark, readable at 320 pixels. Colours of outcomes differ in lightness too. */
export const PAGE_STYLE = `
:root { color-scheme:light dark; --ink:#1c1b19; --quiet:#5a564f; --line:#d8d2c6; --paper:#fffdf8; --panel:#f6f2e9; --accent:#0a5575; --covered:#0f6f99; --taken:#76828e; --differs:#b07d00; --uncovered:#a4161a; --open:#4b4a47; }
@media (prefers-color-scheme: dark) { :root { --ink:#ece8e0; --quiet:#b2ab9f; --line:#3c3934; --paper:#171614; --panel:#211f1c; --accent:#7cc4e6; --covered:#4fa8d2; --taken:#8f9ba8; --differs:#efc050; --uncovered:#ff7a70; --open:#cfcac2; } }
* { box-sizing:border-box; }
html { -webkit-text-size-adjust:100%; }
body { margin:0; background:var(--paper); color:var(--ink); font:1rem/1.55 system-ui, "Noto Sans", "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
html[lang=en] .zh, html[lang=zh-Hans] .en { display:none; }
header, main, footer { max-width:67rem; margin:0 auto; padding:0 1rem; }
header { padding-top:1.25rem; }
.top { display:flex; flex-wrap:wrap; gap:.5rem 1rem; justify-content:space-between; align-items:center; border-bottom:3px double var(--ink); padding-bottom:.5rem; font-size:.85rem; color:var(--quiet); }
.languages { display:none; gap:.25rem; }
.js .languages { display:flex; }
.languages button { border:1px solid transparent; padding:.15rem .5rem; min-height:1.75rem; background:none; color:var(--ink); font:inherit; cursor:pointer; border-radius:.2rem; }
.languages button[aria-pressed=true] { border-color:var(--ink); }
h1, h2, h3, .answer { font-family:Georgia, "Source Serif 4", "Noto Serif", "Noto Serif CJK SC", "Songti SC", SimSun, serif; line-height:1.2; text-wrap:balance; }
h1 { font-size:clamp(1.7rem, 1.1rem + 2.6vw, 2.9rem); font-weight:700; letter-spacing:-.01em; margin:1.5rem 0 .75rem; max-width:24em; }
h2 { font-size:1.45rem; margin:3rem 0 .5rem; padding-top:.75rem; border-top:1px solid var(--ink); }
h3 { font-size:1.1rem; margin:2rem 0 .25rem; }
p { margin:.4rem 0 .8rem; max-width:42rem; }
.lead { font-size:1.12rem; max-width:44rem; }
.lead p { max-width:none; margin:.3rem 0; }
.claim { border-left:4px solid var(--uncovered); padding-left:.8rem; margin:1rem 0; font-size:1.12rem; }
.quiet, caption, .note { color:var(--quiet); font-size:.9rem; }
a { color:var(--accent); }
.skip { position:absolute; left:-99rem; }
.skip:focus { left:1rem; top:.25rem; background:var(--paper); padding:.25rem .5rem; z-index:2; }
:focus-visible { outline:3px solid var(--accent); outline-offset:2px; }
.figures { display:grid; grid-template-columns:repeat(auto-fit,minmax(14rem,1fr)); gap:0 1.5rem; padding:0; margin:1.75rem 0 0; list-style:none; }
.figures li { border-top:1px solid var(--line); padding:.7rem 0 .9rem; }
.figures .label { display:block; color:var(--quiet); font-size:.9rem; }
.figures .big { display:block; font:700 1.5rem/1.3 Georgia, "Noto Serif", "Noto Serif CJK SC", serif; font-variant-numeric:tabular-nums lining-nums; }
.uncovered-text { color:var(--uncovered); }
details { font-size:.9rem; margin:.2rem 0 .8rem; }
summary { cursor:pointer; color:var(--accent); width:fit-content; padding:.15rem 0; }
.figures details p { margin:.3rem 0; }
.formula { font-variant-numeric:tabular-nums; overflow-wrap:anywhere; }
.scroll { overflow-x:auto; margin:.4rem 0 1.6rem; }
table { border-collapse:collapse; width:100%; font-size:.9rem; }
caption { text-align:left; padding:.1rem 0 .4rem; }
table caption { color:var(--ink); font-weight:700; font-size:.95rem; }
th, td { text-align:left; vertical-align:baseline; padding:.38rem .8rem .38rem 0; border-top:1px solid var(--line); font-weight:400; }
thead th { border-top:0; border-bottom:1px solid var(--ink); color:var(--quiet); vertical-align:bottom; font-size:.85rem; }
tfoot th, tfoot td { border-top:1px solid var(--ink); font-weight:700; }
td.number, th.number { text-align:right; font-variant-numeric:tabular-nums; white-space:nowrap; padding-right:0; padding-left:.9rem; }
tbody th { min-width:7.5rem; overflow-wrap:anywhere; }
th.place { white-space:nowrap; overflow-wrap:normal; }
.number + td, .number + th:not(.number) { padding-left:1.2rem; }
.means { display:block; max-width:40rem; min-width:8.5rem; color:var(--quiet); }
@media (min-width:44rem) { tbody th { min-width:11.5rem; } }
.mark { display:inline-block; width:.7em; height:.7em; margin-right:.4em; background:var(--open); }
.mark.covered { background:var(--covered); } .mark.taken { background:var(--taken); } .mark.differs { background:var(--differs); } .mark.uncovered { background:var(--uncovered); }
button.open { border:0; padding:0; line-height:inherit; margin:0; background:none; color:inherit; font:inherit; font-variant-numeric:inherit; text-align:inherit; }
button.open:enabled { color:var(--accent); text-decoration:underline; text-decoration-style:dotted; text-underline-offset:.2em; cursor:pointer; }
button.open:enabled:hover { text-decoration-style:solid; }
.unseen { position:absolute; width:1px; height:1px; overflow:hidden; clip-path:inset(50%); white-space:nowrap; }
.flow { display:block; width:100%; height:auto; margin:1rem 0 .5rem; }
.flow.narrow { display:none; }
@media (max-width:44rem) { .flow.wide { display:none; } .flow.narrow { display:block; max-width:26rem; } }
.flow text { fill:var(--ink); font-size:13.5px; paint-order:stroke; stroke:var(--paper); stroke-width:3.5px; stroke-linejoin:round; }
.flow .amount { fill:var(--quiet); font-size:12.5px; font-variant-numeric:tabular-nums; }
.flow .heads text { fill:var(--quiet); font-size:12.5px; }
.flow .bar { fill:var(--ink); }
.flow .ribbon { fill:var(--open); fill-opacity:.3; }
.flow .bar.covered { fill:var(--covered); } .flow .bar.taken { fill:var(--taken); } .flow .bar.differs { fill:var(--differs); } .flow .bar.uncovered { fill:var(--uncovered); } .flow .bar.open { fill:var(--open); }
.flow .ribbon.covered { fill:var(--covered); } .flow .ribbon.taken { fill:var(--taken); } .flow .ribbon.differs { fill:var(--differs); } .flow .ribbon.uncovered { fill:var(--uncovered); }
code { font:.85em/1.4 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap:anywhere; }
.line { white-space:pre-wrap; overflow-wrap:anywhere; min-width:14rem; }
dialog { width:min(72rem,96vw); max-width:none; height:min(48rem,94vh); max-height:none; padding:0; border:1px solid var(--ink); background:var(--paper); color:var(--ink); }
dialog::backdrop { background:rgb(0 0 0 / .5); }
.sheet { display:flex; flex-direction:column; height:100%; padding:1rem; }
.sheet h2 { margin:0; padding:0; border:0; font-size:1.2rem; overflow-wrap:anywhere; }
.sheet-top { display:flex; gap:1rem; justify-content:space-between; align-items:start; }
.sheet-tools { display:flex; flex-wrap:wrap; gap:.4rem 1rem; align-items:center; font-size:.9rem; }
.sheet .scroll { flex:1; overflow:auto; min-height:0; }
.sheet thead th { position:sticky; top:0; background:var(--paper); }
.sheet td { white-space:nowrap; }
.sheet thead th:not(.number), .sheet td:not(.number) { padding-right:1rem; }
.press { border:1px solid var(--ink); background:var(--panel); color:var(--ink); font:inherit; padding:.25rem .7rem; min-height:2rem; border-radius:.2rem; cursor:pointer; }
.press:disabled { opacity:.45; cursor:default; }
.sort { border:0; background:none; color:inherit; font:inherit; padding:.1rem 0; cursor:pointer; text-decoration:underline dotted; text-underline-offset:.2em; }
[aria-sort=ascending] .sort::after { content:" \\2191"; } [aria-sort=descending] .sort::after { content:" \\2193"; }
input { font:inherit; color:var(--ink); background:var(--paper); border:1px solid var(--quiet); border-radius:.2rem; padding:.25rem .5rem; min-height:2rem; width:16rem; max-width:100%; }
footer { margin-top:3rem; padding-bottom:2rem; color:var(--quiet); font-size:.85rem; }
footer p { border-top:3px double var(--ink); padding-top:.75rem; max-width:none; }
@media (max-width:44rem) { .figures { grid-template-columns:1fr 1fr; } .figures .big { font-size:1.15rem; } .figures li.wide { grid-column:1 / -1; } dialog { width:100vw; height:100vh; border:0; } .sheet { padding:.75rem; } }
@media (max-width:44rem) {
  td > code { display:block; min-width:17rem; }
  #receipts-box table, #receipts-box tbody { display:block; }
  #receipts-box thead { display:block; position:sticky; top:0; background:var(--paper); }
  #receipts-box thead tr { display:flex; gap:1rem; }
  #receipts-box thead th { border:0; } #receipts-box thead th:not([aria-sort]) { display:none; }
  #receipts-box tbody tr { display:block; border-top:1px solid var(--ink); padding:.4rem 0; }
  #receipts-box td { display:flex; gap:1rem; justify-content:space-between; border:0; padding:.1rem 0; white-space:normal; text-align:right; overflow-wrap:anywhere; }
  #receipts-box td::before { content:attr(data-en); color:var(--quiet); text-align:left; flex:none; }
  html[lang=zh-Hans] #receipts-box td::before { content:attr(data-zh); }
  #receipts-box td:empty { display:none; }
}
@media (max-width:24rem) { .figures { grid-template-columns:1fr; } }
@media print { :root { --paper:#fff; --ink:#000; --quiet:#444; } body { font-size:10pt; } .languages, .skip, dialog { display:none !important; } button.open:enabled { color:inherit; text-decoration:none; } .scroll { overflow:visible; } table { font-size:8.5pt; } tr, .flow, .figures li { break-inside:avoid; } h2, h3, caption { break-after:avoid; } .flow.wide { display:block; } .flow.narrow { display:none; } .flow .ribbon { print-color-adjust:exact; -webkit-print-color-adjust:exact; } }
`;
