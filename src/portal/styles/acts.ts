/** Lists with filters, the search, and the small field for it in the bar. */
export const ACTS_STYLE = `
.filters { display:flex; flex-wrap:wrap; gap:.5rem 1rem; align-items:end; margin:.5rem 0 1rem; }
.filters label { display:grid; grid-template-columns:minmax(0,auto); gap:.15rem; font-size:.9rem; color:var(--quiet); max-width:100%; }
.filters label.tick { display:block; }
.filters input:not([type=checkbox]), .filters select { font:inherit; color:var(--ink); background:var(--paper); border:1px solid var(--quiet); border-radius:.25rem; padding:.3rem .4rem; max-width:min(100%, 20rem); }
.filters button, .find button { font:inherit; color:var(--ink); background:var(--paper); border:1px solid var(--quiet); border-radius:.25rem; padding:.3rem .75rem; cursor:pointer; }
.find { display:flex; gap:.35rem; align-items:baseline; margin:0; }
.find input { font:inherit; color:var(--ink); background:var(--ground); border:1px solid var(--quiet); border-radius:.25rem; padding:.1rem .4rem; width:9rem; }
.bar-top .find button { text-decoration:none; padding:.1rem .5rem; background:var(--paper); border:1px solid var(--quiet); color:var(--ink); }
.filters :focus-visible, .find :focus-visible, .hits :focus-visible { outline:3px solid var(--accent); outline-offset:2px; }
.facts { display:grid; grid-template-columns:minmax(6rem,max-content) 1fr; gap:.25rem 1rem; margin:.5rem 0 1rem; }
.facts dt { color:var(--quiet); }
.facts dd { margin:0; overflow-wrap:anywhere; }
.found { display:grid; grid-template-columns:minmax(12rem,16rem) 1fr; gap:1rem 2rem; align-items:start; }
.found details { font-size:.92rem; color:inherit; margin-bottom:.5rem; }
.found nav ul { margin:.25rem 0; }
.hits { margin:0; padding-left:2rem; overflow-wrap:anywhere; }
.hits li { margin-bottom:.75rem; }
.hits p { margin:.1rem 0 0; font-size:.9rem; }
.hashes { overflow-wrap:anywhere; }
.recorded { color:var(--quiet); }
mark { background:none; color:inherit; font-weight:700; text-decoration:underline; text-decoration-color:var(--accent); text-decoration-thickness:.15em; }
@media (max-width: 48rem) { .found { grid-template-columns:1fr; } }
`;
