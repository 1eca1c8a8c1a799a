/** Forms, drafts and cases of the desk. */
export const DESK_STYLE = `
.ask input.long, .ask textarea { width:100%; max-width:44rem; }
.ask textarea { font:inherit; color:inherit; background:var(--paper); border:1px solid var(--quiet); border-radius:.3rem; padding:.35rem .5rem; }
.ask legend { font-weight:600; padding:0 .35rem; }
.ask label { font-weight:600; }
.ask .boxes label { font-weight:400; }
.ask .boxes { max-height:18rem; overflow-y:auto; }
.ask select { max-width:100%; }
.ask .row { border-left:.2rem solid var(--line); padding-left:.75rem; margin:.5rem 0; }
.ask button.main, a.button { background:var(--accent); color:var(--paper); border:1px solid var(--accent); border-radius:.3rem; padding:.45rem .9rem; font-weight:600; text-decoration:none; display:inline-block; }
.ask .wrong { color:var(--bad); font-weight:600; }
.ask [aria-invalid=true] { border-color:var(--bad); border-width:2px; }
dl.said { display:grid; grid-template-columns:minmax(9rem,16rem) 1fr; gap:.35rem 1rem; margin:.5rem 0; }
dl.said dt { color:var(--quiet); }
dl.said dd { margin:0; overflow-wrap:anywhere; }
dl.said dl.said { grid-template-columns:1fr; gap:.1rem; }
.findings li { margin-bottom:.75rem; }
blockquote { margin:.5rem 0; padding:.5rem .75rem; border-left:.25rem solid var(--line); white-space:pre-wrap; }
details.more { font-size:1rem; color:inherit; margin:1rem 0; }
@media (max-width: 45rem) { .ask .boxes { max-height:none; } }
@media (max-width: 30rem) { dl.said { grid-template-columns:1fr; gap:.1rem; } dl.said dd { margin-bottom:.5rem; } }
`;
