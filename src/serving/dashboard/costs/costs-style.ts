/** The chart beside the calculator, and the fields of its form. */
export const costsStyle = `
section.plain{border-top:0;padding-top:0}
.beside{display:grid;grid-template-columns:minmax(0,1fr) 344px;gap:0 40px;align-items:start;margin-top:24px}
.beside figure{margin-top:0}
.calculator{border:1px solid var(--line);border-radius:10px;background:var(--surface);padding:20px;margin:0}
.calculator h2{margin-bottom:12px}
.calculator .answer{margin:16px 0 0;font-size:18px;line-height:25px}
.fields{display:flex;flex-wrap:wrap;gap:12px;align-items:end}
.fields label{display:block;font-size:12.5px;line-height:18px;color:var(--ink-3);flex:1 0 140px}
.fields input,.fields select{display:block;width:100%;margin-top:4px;font-size:14px;line-height:20px}
.fields details{flex:1 0 100%;margin:0}
.fields details[open]{padding-bottom:8px}
details .fields{margin-top:12px}
.prices{display:grid;grid-template-columns:repeat(auto-fill,minmax(340px,1fr));gap:16px 32px;margin:12px 0}
.prices .fields{flex-wrap:nowrap;margin-top:0}
.prices .fields label{flex:1 1 80px;min-width:0}
.prices .fields label:last-child{flex-basis:120px}
.operation{border-top:1px solid var(--line);padding:16px 0}
pre{background:var(--sunken);border-radius:6px;padding:12px;overflow:auto;max-height:420px;font-size:12px;line-height:17px}
fieldset{border:0;padding:0;margin:0}
legend{padding:0;margin-bottom:4px;font-size:12.5px;line-height:18px;color:var(--ink-2);font-weight:600}
@media screen and (max-width:1199px){.beside{grid-template-columns:minmax(0,1fr)}.calculator{margin-top:32px}.beside>aside{margin-top:24px}}
@media screen and (max-width:699px){
.calculator{padding:16px}
.fields label,.fields .button{flex-basis:100%}
.prices{grid-template-columns:minmax(0,1fr)}
.fields .button{justify-content:center}
}`
