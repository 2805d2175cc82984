/** Facts beside the headline, and a row of small trends for each tier. */
export const modelsStyle = `
.facts{flex:none;width:344px;margin:0;border-left:1px solid var(--line);padding-left:20px}
.facts div{display:flex;gap:12px;padding:3px 0}
.facts dt{flex:0 0 116px;font-size:12.5px;line-height:20px;color:var(--ink-3)}
.facts dd{margin:0;overflow-wrap:anywhere;min-width:0}
.trends{display:grid;grid-template-columns:repeat(3,224px);gap:8px 56px;align-items:start;border-top:1px solid var(--line);margin-top:12px;padding:16px 0}
.trends .label{grid-column:1/-1;margin:0}
.trends figure{margin:0}
.trends figcaption h3{font-size:13px;line-height:18px;font-weight:600}
.trends figcaption .note:empty{display:none}
.trends figure .chart{margin-top:6px}
@media screen and (max-width:899px){
.facts{width:auto;border-left:0;padding-left:0;margin-top:16px}
.trends{grid-template-columns:repeat(auto-fill,minmax(224px,1fr));gap:16px 24px}
}`
