/** Forms in steps, and what an organisation has. */
export const APPLICANT_STYLE = `
dl.facts { display:block; }
.ask + .ask, .ask + p, main > .ask + form { margin-top:1rem; }
.pairs label { font-weight:400; }
.field { margin:1rem 0; }
.field label, .ask legend { font-weight:600; }
.field .quiet, fieldset .quiet { margin:.1rem 0 .35rem; font-size:.92rem; overflow-wrap:anywhere; }
.field .refused, fieldset .refused { margin:.1rem 0 .35rem; }
.ask [aria-invalid] { border-color:var(--bad); border-width:2px; }
.choice { display:grid; grid-template-columns:auto 1fr; gap:.5rem; align-items:start; padding:.3rem 0; }
.ask .choice input { margin-top:.3rem; }
.steps { display:flex; flex-wrap:wrap; gap:.25rem 1.25rem; padding-left:1.25rem; margin:.75rem 0 0; }
.steps li { margin-right:.75rem; }
.steps [aria-current] { color:inherit; font-weight:600; text-decoration:none; }
.pairs { list-style:none; padding:0; margin:.5rem 0; }
.pairs li { display:grid; grid-template-columns:minmax(7rem, 24rem) auto auto 1fr; gap:.25rem 1.25rem; padding:.2rem 0; border-top:1px solid var(--line); overflow-wrap:anywhere; }
.pairs label { white-space:nowrap; }
.own-words { white-space:pre-line; overflow-wrap:anywhere; }
.inline { display:inline !important; }
.ask .mild, td .mild { font-weight:400; }
.next { padding-left:1.1rem; }
.next li { padding:.2rem 0; }
td form.ask { margin:0; }
@media (max-width: 30rem) { .pairs li { grid-template-columns:1fr 1fr; } .pairs li > :first-child { grid-column:1 / -1; } }
`;
