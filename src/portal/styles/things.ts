/** Pages of things: facts in pairs, names in a list, pictures of time. */
export const THINGS_STYLE = `
.facts { display:grid; gap:.1rem 1rem; margin:.75rem 0; }
.facts > div { display:grid; grid-template-columns:minmax(8rem,14rem) 1fr; gap:.25rem 1rem; padding:.3rem 0; border-top:1px solid var(--line); }
.facts dt { color:var(--quiet); }
.facts dd { margin:0; overflow-wrap:anywhere; }
ul.names { list-style:none; margin:0; padding:0; }
ul.names li { display:inline; }
.deep-1 { padding-left:1rem; } .deep-2 { padding-left:2rem; } .deep-3 { padding-left:3rem; } .deep-4 { padding-left:4rem; }
.state.missed, .state.keptLate, .state.over, .state.suspended { color:var(--bad); }
.state.inForce, .state.kept { color:var(--good); }
.pager { display:flex; flex-wrap:wrap; gap:.25rem 1.25rem; margin:.75rem 0; color:var(--quiet); }
.bar.times { height:auto; min-height:1.5rem; max-height:8rem; background:var(--paper); border:1px solid var(--line); }
.narrow { display:grid; grid-template-columns:repeat(auto-fit,minmax(min(14rem,100%),1fr)); gap:.5rem 1rem; align-items:end; margin:.5rem 0 1rem; }
.narrow input, .narrow select { width:100%; }
.choices [aria-current] { color:inherit; font-weight:600; text-decoration:none; }
.sample td > div { width:max-content; max-width:18rem; }
.sample td.number > div { margin-left:auto; }
@media (max-width: 45rem) { .sample td > div, .sample td.number > div { width:auto; margin-left:0; } }
@media print { .sample :is(th, td) { overflow-wrap:anywhere; font-size:7pt; padding:.1rem .2rem; } .sample td.number { white-space:normal; } .sample td > div { width:auto; } }
.proofs { margin-top:2rem; border-top:2px solid var(--line); }
@media (max-width: 30rem) { .facts > div { grid-template-columns:1fr; gap:0; } .deep-1, .deep-2, .deep-3, .deep-4 { padding-left:.5rem; } }
`;
