/** A decision letter: a sheet of A4, on paper and on the screen. It stands alone in the file that is downloaded. */
export const LETTER_STYLE = `
.letter { max-width:44rem; font-family:Georgia,"Songti SC","Noto Serif CJK SC","SimSun",serif; line-height:1.6; overflow-wrap:anywhere; }
.letter h2 { font-size:1.1em; margin:1.4em 0 .4em; }
.letter .letterhead { text-align:center; border-bottom:2px solid; margin-bottom:1.6em; padding-bottom:.4em; }
.letter .letterhead p { max-width:none; margin:0 0 .4em; }
.letter .from { font-size:1.6em; font-weight:600; }
.letter .number { font-size:1.05em; }
.letter .to { font-weight:600; }
.letter blockquote { margin:.5em 0; padding:.2em .8em; border-left:.2em solid; white-space:pre-wrap; }
.letter dl { display:grid; grid-template-columns:minmax(8rem,14rem) 1fr; gap:.3em 1em; margin:.6em 0; }
.letter dl dl { grid-template-columns:1fr; margin:0; }
.letter dd { margin:0; }
.letter .date { text-align:right; max-width:none; margin-top:1.5em; }
.letter .check { border-top:1px solid; margin-top:2em; font-size:.85em; break-inside:avoid; }
@media (max-width:30rem) { .letter dl { grid-template-columns:1fr; gap:.1em; } .letter dd { margin-bottom:.5em; } }
@media print {
  .letter { page:letter; max-width:none; font-size:11pt; color:#000; background:#fff; }
  .letter p, .letter li { orphans:3; widows:3; }
  @page letter { size:A4; margin:25mm 22mm; }
}
`;
