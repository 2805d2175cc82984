import { tokensCss } from '../charts/tokens.ts'

/** The style of a report: both themes, phones, print; fonts of the reader's system. */
export function pageStyle(): string {
  return `${tokensCss()}\n${base}\n${components}\n${narrow}\n${printed}`
}

const sans = 'system-ui,-apple-system,"Segoe UI",Roboto,Inter,sans-serif'
const serif = 'Charter,"Bitstream Charter","Charis SIL",Cambria,serif'
const mono = 'ui-monospace,SFMono-Regular,Consolas,"DejaVu Sans Mono",monospace'

const base = `
*{box-sizing:border-box}
body{margin:0;background:var(--canvas);color:var(--ink);font:400 14px/20px ${sans};font-variant-numeric:tabular-nums lining-nums}
main{max-width:1152px;margin:0 auto;padding:40px 0 56px}
@media screen and (max-width:1279px){main{padding-left:max(16px,5vw);padding-right:max(16px,5vw)}}
h1{font:400 33px/41px ${serif};margin:8px 0 12px;max-width:24em;text-wrap:balance}
@media print,(min-width:700px){.whole{white-space:nowrap}}
h2{font:400 25px/32px ${serif};margin:0}
figcaption h2,h3{font-family:inherit;font-size:15px;line-height:22px;font-weight:650;margin:0}
p{margin:0 0 8px;max-width:72ch}
ul{margin:4px 0 8px;padding-left:20px;max-width:72ch}
a{color:var(--challenger)}
a:focus-visible,summary:focus-visible{outline:2px solid var(--challenger);outline-offset:2px}
b{font-weight:600}
code{font:13px/18px ${mono};background:var(--sunken);border-radius:4px;padding:1px 5px;overflow-wrap:anywhere}
.small,.note{font-size:12.5px;line-height:18px;color:var(--ink-3)}
.note{margin:2px 0 0}
.lede{font-size:15px;line-height:23px;color:var(--ink-2);max-width:66ch}
.hatch{height:6px;background:repeating-linear-gradient(135deg,var(--sim) 0 4px,transparent 4px 8px)}`

const components = `
.simulated{font-size:12px;line-height:16px;color:var(--sim);border:1px dashed var(--sim);border-radius:4px;padding:0 5px;white-space:nowrap}
.badge{display:inline-flex;align-items:center;gap:6px;height:26px;padding:0 10px;border-radius:6px;font-weight:600;white-space:nowrap}
.badge.switch{color:var(--challenger);background:var(--challenger-tint)}
.badge.keep{background:var(--hover)}
.badge.gather-more{color:var(--ink-2);border:1px solid var(--control)}
.glyph{flex:none}
.todo{border-left:3px solid var(--warn);padding:2px 0 2px 16px;margin:20px 0}
.todo ul{list-style:none;padding:0;margin:6px 0 0}
.todo li,.warning{display:flex;gap:8px;margin-top:6px}
.todo .glyph,.warning .glyph{color:var(--warn);margin-top:2px}
.figures{display:grid;grid-template-columns:repeat(4,1fr);border-block:1px solid var(--line);margin:24px 0}
.figures div{padding:12px 16px}
.figures div+div{border-left:1px solid var(--line)}
.figures div:first-child{padding-left:0}
.figures dt,.figures span{display:block;font-size:12.5px;line-height:18px;color:var(--ink-3)}
.figures dd{margin:0;font-size:21px;line-height:28px;font-weight:560}
.figures span{font-weight:400}
.figures small{font-size:14px;font-weight:400;color:var(--ink-2);white-space:nowrap}
.table{border:1px solid var(--line);border-radius:10px;background:var(--surface);overflow-x:auto;margin:10px 0}
table{border-collapse:collapse;width:100%;font-size:13px;line-height:18px}
caption{text-align:left;padding:10px 16px 0;font-weight:600}
th,td{padding:9px 16px;text-align:left;vertical-align:top;font-weight:400;overflow-wrap:break-word}
thead th{font-size:12px;color:var(--ink-3);background:var(--sunken);border-bottom:1px solid var(--line-2);vertical-align:bottom;overflow-wrap:normal}
table.many th,table.many td{padding-left:8px;padding-right:8px;font-size:12.5px}
tbody tr+tr>*{border-top:1px solid var(--line)}
tbody th{overflow-wrap:normal;min-width:9em}
.number{text-align:right}
td.number{white-space:nowrap}
.badge.row{height:20px;padding:0 6px;font-size:12.5px;gap:4px}
.badge.row .glyph{width:12px;height:12px}
section{margin-top:40px;border-top:1px solid var(--line-2);padding-top:24px}
.head{display:flex;justify-content:space-between;gap:32px;align-items:flex-start;margin-bottom:16px}
.head .verdict{flex:none;width:280px}
.verdict .sure{display:flex;justify-content:space-between;align-items:center;gap:12px;font-weight:600;min-height:26px}
.verdict svg{display:block}
.answer{font:400 20px/28px ${serif};max-width:34em;margin:8px 0}
.pair{display:grid;grid-template-columns:586px minmax(0,1fr);gap:40px;align-items:start}
figure{margin:24px 0 0}
figure .chart{margin-top:14px}
.chart svg{display:block;max-width:100%;height:auto}
.chart.phone{display:none}
.broad .chart{background:var(--surface);border:1px solid var(--line);border-radius:10px;padding:20px 16px 12px}
.reasons>:first-child{margin-top:24px}
.pair>.reasons:only-child{grid-column:1/-1}
.pair>.reasons:only-child>:first-child{margin-top:8px}
.record{margin-top:16px;max-width:none}
details{margin-top:8px}
summary{cursor:pointer;font-size:12.5px;line-height:18px;color:var(--ink-2);width:fit-content}
footer{margin-top:40px;border-top:1px solid var(--line);padding-top:16px}`

const narrow = `
@media screen and (max-width:1199px){.pair{grid-template-columns:1fr;gap:0}}
@media screen and (max-width:1019px){.broad .chart.wide{display:none}.broad .chart.phone{display:block}}
@media screen and (max-width:699px){
main{padding-top:20px}
h1{font-size:25px;line-height:32px}
h2{font-size:22px;line-height:28px}
.figures{grid-template-columns:1fr 1fr}
.figures div:nth-child(odd){padding-left:0;border-left:0}
.figures div:nth-child(n+3){border-top:1px solid var(--line)}
.head{display:block}
.head .verdict{width:auto;margin-top:12px}
.chart.wide{display:none}
.chart.phone{display:block}
.broad .chart{padding:14px 8px 8px}
table,caption,tbody,tr,th,td{display:block}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tbody tr{padding:8px 12px}
tbody tr+tr{border-top:1px solid var(--line)}
table.many th,table.many td{padding-left:8px;padding-right:8px;font-size:12.5px}
tbody tr+tr>*{border-top:0}
tbody th,td{padding:2px 0;text-align:left}
tbody th{font-weight:600}
td.number{white-space:normal}
td{display:flex;justify-content:space-between;gap:16px;text-align:right}
td::before{content:attr(data-title);color:var(--ink-3);text-align:left;flex:none}
td.empty{display:none}
}`

const printed = `
@page{size:A4 landscape;margin:12mm}
@media print{
body{background:none}
main{zoom:.85;padding:0}
figure,tr,.head,.todo,.figures{break-inside:avoid}
h2,h3,caption{break-after:avoid}
.table{overflow:visible}
details::details-content{content-visibility:visible;display:block}
}`
