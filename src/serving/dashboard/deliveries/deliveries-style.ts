/** Slots, messages and alerts: states in words with a colour beside. */
export const deliveriesStyle = `
.became{font-weight:600}
.became.done{color:var(--good)}
.became.failed{color:var(--bad)}
.became.waiting,.became.running{color:var(--warn)}
.became.skipped{color:var(--ink-3)}
.noted{display:block;font-size:12.5px;line-height:18px;color:var(--ink-3);overflow-wrap:anywhere}
.upcoming,.alerts{list-style:none;margin:8px 0;padding:0;max-width:none}
.upcoming li{padding:8px 0;border-bottom:1px solid var(--line)}
.upcoming time{display:block;font-size:12.5px;line-height:18px;color:var(--ink-3)}
.alerts li{display:grid;grid-template-columns:136px 16px minmax(0,1fr);gap:0 12px;padding:10px 0;border-bottom:1px solid var(--line)}
.alerts time{color:var(--ink-3)}
.alerts>li>.glyph{margin-top:2px}
.alerts .over{color:var(--ink-3)}
.alerts div{max-width:96ch}
td form{margin:0}
#deliveries th time{white-space:nowrap}
@media screen and (max-width:699px){
.alerts li{grid-template-columns:16px minmax(0,1fr)}
.alerts>li>time{grid-column:1/-1}
}`
