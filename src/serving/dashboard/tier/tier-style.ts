/** The seat, its rollout, the reasons of its verdict and its weights. */
export const tierStyle = `
.crumbs{display:flex;flex-wrap:wrap}
.crumbs ul{display:flex;flex-wrap:wrap;list-style:none;margin:0;padding:0}
.crumbs li::before{content:"·";margin:0 6px}
.crumbs a{color:var(--ink-3)}
.crumbs b{color:var(--ink)}
.heading{display:flex;justify-content:space-between;align-items:end;gap:24px}
.buttons{display:flex;gap:8px;flex-wrap:wrap;justify-content:flex-end;margin-bottom:16px}
.buttons .danger{order:1}
.standing{display:flex;gap:8px 32px;flex-wrap:wrap;align-items:center;color:var(--ink-3);font-size:13px}
.standing p{display:flex;gap:4px 8px;align-items:center;flex-wrap:wrap;margin:0}
.standing b{color:var(--ink);font-size:14px}
.standing .policy{margin-left:auto}
.panel{border:1px solid var(--line);border-radius:10px;background:var(--surface);margin:20px 0 0;padding:0}
.panel .told{padding:16px 20px;margin:0;max-width:none;border-bottom:1px solid var(--line)}
.panel .table{border:0;border-top:1px solid var(--line);border-radius:0 0 10px 10px;margin:0}
.stages{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));list-style:none;margin:0;padding:0}
.stage{padding:16px 20px}
.stage+.stage{border-left:1px solid var(--line)}
.stage svg{display:block;width:100%;height:8px;border-radius:2px;margin:12px 0 8px}
.stage p{margin:0;font-size:13px;color:var(--ink-3)}
.stage p b{color:var(--ink)}
.stage.ahead .stage-head b{color:var(--ink-3)}
.stage-head{display:flex;justify-content:space-between;gap:8px}
.state{font-size:12.5px;line-height:20px;font-weight:600;border-radius:6px;padding:0 8px;white-space:nowrap;color:var(--ink-2)}
.stage.done .state{color:var(--good);background:var(--good-tint)}
.stage.now .state{color:var(--challenger);background:var(--challenger-tint)}
.stage.stopped .state{color:var(--bad);background:var(--bad-tint)}
.tone.good{color:var(--good)}
.tone.warn{color:var(--warn)}
.tone.bad{color:var(--bad)}
.tone.quiet{color:var(--ink-2)}
.columns figure:first-of-type{margin-top:0}
section.why{margin:0;border:0;padding:0}
.why .sure{margin:12px 0}
.why>p{max-width:none}
.why>svg+p{margin-top:8px}
.why figure.checks{margin-top:20px}
.verdict .sure{display:flex;justify-content:space-between;align-items:center;gap:12px;font-weight:600}
.halves{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 40px}
.halves .chart{max-width:100%}
.halves:empty{display:none}
main>.columns{margin-top:32px}
main>.broad,main>.halves,main>figure{margin-top:40px}
section.plain{margin-top:40px}
.weights form{display:flex;flex-wrap:wrap;gap:12px 24px;align-items:end;margin:16px 0 8px}
.weights label{display:grid;grid-template-columns:1fr auto;width:220px;font-size:12.5px;color:var(--ink-2)}
.weights label input{grid-column:1/-1;width:100%;margin:0}
.weights output{font-weight:600;color:var(--ink)}
.scripted .weights form .button{display:none}
.worth{color:var(--ink-2)}
.rank{display:inline-block;min-width:16px;color:var(--ink-3)}
.change{display:inline-flex;gap:8px;align-items:start}
@media screen and (max-width:1199px){.halves{grid-template-columns:minmax(0,1fr)}}
@media screen and (max-width:899px){.heading{display:block}.buttons{justify-content:flex-start}}
@media screen and (max-width:699px){
.table{overflow:visible}
.panel td svg{max-width:100%}
.stages{grid-template-columns:minmax(0,1fr)}
.stage+.stage{border-left:0;border-top:1px solid var(--line)}
.standing .policy{margin-left:0}
.buttons{display:grid;grid-template-columns:1fr 1fr}
.buttons .button{justify-content:center}
.buttons .danger{grid-column:1/-1}
.weights label{width:100%}
}`
