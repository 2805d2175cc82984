/** The seats, the record beside the trends, and what waits for people. */
export const overviewStyle = `
h2.title{font-family:inherit;font-size:15px;line-height:22px;font-weight:650;margin:0}
section.plain>.note{max-width:none}
.intro{display:grid;grid-template-columns:minmax(0,1fr) 330px;gap:40px;align-items:start}
.intro>div:only-child{grid-column:1/-1}
.intro .todo{margin:4px 0 0;max-width:none}
.todo ul{max-width:none}
.stale{border-left:3px solid var(--warn);padding-left:12px;color:var(--ink-2)}
.seats{border:1px solid var(--line);border-radius:10px;background:var(--surface);margin-top:10px;overflow:hidden}
.seats-head,.seat{display:grid;grid-template-columns:256px minmax(0,1fr) 318px}
.seats-head{background:var(--sunken);font-size:12px;line-height:18px;color:var(--ink-3)}
.seats-head span{padding:8px 20px}
.seat{border-top:1px solid var(--line)}
.seat>div{padding:20px 18px 20px 20px}
.seat>div+div,.seats-head span+span{border-left:1px solid var(--line)}
.seat .evidence{padding:12px 8px;display:flex;flex-direction:column;justify-content:center;min-width:0}
.seat .evidence:not(:has(svg)){justify-content:start;padding-top:20px}
.seat .verdict svg{max-width:100%}
.seat .evidence p{padding:0 12px}
.seat h3{font-weight:400}
.seat h3 a{color:var(--ink-3)}
.seat .verdict .gain,.seat .verdict .small{margin:8px 0 0}
.seat .verdict>.small:first-child{margin-top:0}
.gain{font-size:13px;line-height:18px;color:var(--ink-2)}
.model{display:flex;align-items:center;flex-wrap:wrap;gap:4px 8px;font-size:16px;line-height:22px;font-weight:600;margin:4px 0 8px}
.square{width:10px;height:10px;border-radius:2px;background:var(--ink);flex:none}
.square.simulated-mark{background:var(--sim)}
.dot{width:10px;height:10px;border-radius:50%;background:var(--challenger);flex:none}
.dot.simulated-mark{background:var(--sim)}
.tag{font-size:12px;line-height:16px;font-weight:400;color:var(--ink-2);border:1px solid var(--control);border-radius:4px;padding:0 5px}
.seat-facts{margin:0;font-size:13px;line-height:20px}
.seat-facts div{display:flex;gap:12px}
.seat-facts dt{flex:0 0 86px;color:var(--ink-3)}
.seat-facts dd{margin:0}
.columns{display:grid;grid-template-columns:minmax(0,768px) minmax(0,1fr);gap:40px;margin-top:40px;align-items:start}
.stack{display:grid;gap:40px;min-width:0}
.stack>:empty{display:none}
.seat-trends{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:16px 24px;margin-top:8px}
.seat-trend p{margin:0 0 4px;color:var(--ink-2)}
.seat-trend svg{display:block;max-width:100%;height:auto}
.record-list{list-style:none;padding:0;margin:6px 0 0;max-width:none}
.record-list li{display:flex;gap:12px;padding:9px 0}
.record-list li+li{border-top:1px solid var(--line)}
.record-list time{flex:0 0 56px;font-size:12.5px;color:var(--ink-3)}
.record-list .glyph{margin-top:2px}
.record-list li>span{min-width:0;overflow-wrap:anywhere}
.who{color:var(--ink-3)}
.over,.over b{color:var(--ink-3);font-weight:400}
.glyph.lead{color:var(--challenger)}
.glyph.good{color:var(--good)}
.glyph.warn{color:var(--warn)}
.glyph.bad{color:var(--bad)}
.glyph.quiet{color:var(--ink-2)}
.figures small{font-size:12.5px;line-height:1;font-weight:400;color:var(--ink-3)}
@media screen and (max-width:1199px){
.intro,.columns{grid-template-columns:minmax(0,1fr);gap:24px}
.seats-head,.seat{grid-template-columns:200px minmax(0,1fr) 280px}
.seat .chart.wide{display:none}
.seat .chart.phone{display:block}
}
@media screen and (max-width:899px){
.seats{border:0;background:none;overflow:visible}
.seats-head{display:none}
.seat{grid-template-columns:minmax(0,1fr);border:1px solid var(--line);border-radius:10px;background:var(--surface);margin-bottom:16px}
.seat>div{padding:16px}
.seat>div+div{border-left:0;border-top:1px solid var(--line)}
.seat .verdict{order:1}
.seat .evidence{order:2;padding:12px 4px}
}
@media screen and (max-width:699px){
.seat-facts{display:grid;grid-template-columns:auto auto;justify-content:start;gap:0 16px}
.seat-facts div{gap:8px}
.seat-facts dt{flex:none}
.stack{display:grid;gap:40px;min-width:0}
.stack>:empty{display:none}
.seat-trends{grid-template-columns:minmax(0,1fr)}
}`
