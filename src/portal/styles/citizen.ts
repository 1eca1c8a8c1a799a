/** Lists of uses: three lines before everything else. */
export const CITIZEN_STYLE = `
.use { background:var(--paper); border:1px solid var(--line); border-radius:.4rem; padding:.25rem var(--space) .75rem; margin:.75rem 0; }
.use h3 { margin:.5rem 0; font-variant-numeric:tabular-nums; }
.three, .facts { margin:.25rem 0 .75rem; }
.three > div, .facts > div { display:grid; grid-template-columns:minmax(5rem, 9rem) 1fr; gap:.1rem .75rem; padding:.15rem 0; overflow-wrap:anywhere; }
.three dt, .facts dt { color:var(--quiet); }
.three dd, .facts dd { margin:0; }
.use .answer { display:block; margin-top:.5rem; white-space:pre-line; }
.ask-line { font-size:1rem; color:inherit; margin:.5rem 0; }
.ask-line summary { display:inline-block; border:1px solid var(--accent); border-radius:.3rem; color:var(--accent); padding:.25rem .9rem; font-weight:600; cursor:pointer; }
.ask textarea { display:block; width:100%; font:inherit; color:inherit; background:var(--paper); border:1px solid var(--quiet); border-radius:.3rem; padding:.35rem .5rem; margin-bottom:.5rem; }
a.button { display:inline-block; border:1px solid var(--accent); border-radius:.3rem; padding:.35rem .75rem; font-weight:600; text-decoration:none; }
.looks { margin:.5rem 0; }
@media (max-width: 30rem) { .three > div, .facts > div { grid-template-columns:1fr; } }
`;
