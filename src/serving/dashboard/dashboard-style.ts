import { costsStyle } from './costs/costs-style.ts'
import { deliveriesStyle } from './deliveries/deliveries-style.ts'
import { evaluationStyle } from './evaluation/evaluation-style.ts'
import { modelsStyle } from './models/models-style.ts'
import { overviewStyle } from './overview/overview-style.ts'
import { tierStyle } from './tier/tier-style.ts'

/** What pages have beyond a report: the frame, controls and forms. */
export function dashboardStyle(): string {
  return `${frame}\n${controls}\n${costsStyle}\n${deliveriesStyle}\n${modelsStyle}\n${evaluationStyle}\n${overviewStyle}\n${tierStyle}\n${narrow}\n${adapted}`
}

const frame = `
.skip{position:absolute;left:-999px;top:8px;background:var(--surface);padding:8px 12px;border-radius:6px;z-index:1}
.skip:focus{left:8px}
main:focus{outline:0}
.top{background:var(--surface);border-bottom:1px solid var(--line)}
.top>div,.bottom>div{max-width:1152px;margin:0 auto;display:flex;align-items:center;gap:24px}
.brand{display:flex;align-items:center;gap:8px;font-weight:650;font-size:15px;color:var(--ink);text-decoration:none;padding:6px 0}
.top nav ul{display:flex;list-style:none;margin:0;padding:0;max-width:none}
.top nav a{display:block;padding:18px 12px 15px;border-bottom:2px solid transparent;color:var(--ink-2);text-decoration:none;font-size:14px;line-height:20px}
.top nav a:hover{color:var(--ink)}
.top nav a[aria-current]{color:var(--ink);font-weight:600;border-bottom-color:var(--ink)}
.next{margin:0 0 0 auto;font-size:12.5px;line-height:18px;color:var(--ink-3);white-space:nowrap}
.bottom>div{border-top:1px solid var(--line);padding:20px 0 32px;justify-content:space-between;align-items:start;flex-wrap:wrap}
.bottom{margin:0;border:0;padding:0}
.bottom p{margin:0}
.bottom>div>p{flex:1 1 480px;max-width:96ch;padding-top:3px}
.tools{display:flex;gap:20px;flex-wrap:wrap;align-items:center}
.tools form{display:flex;gap:6px;align-items:center}
main h2.small-head,main>h2{font-family:inherit;font-size:15px;line-height:22px;font-weight:650}
@media screen and (max-width:1279px){.top>div,.bottom>div{margin:0 max(16px,5vw)}}`

const controls = `
.button,button{font:inherit;font-weight:600;height:32px;padding:0 12px;border-radius:6px;border:1px solid var(--control);background:var(--surface);color:var(--ink);cursor:pointer;display:inline-flex;align-items:center;text-decoration:none;white-space:nowrap}
.button:hover,button:hover{background:var(--hover)}
.button.filled{background:var(--ink);border-color:var(--ink);color:var(--canvas)}
.button.filled:hover{background:var(--ink-2)}
.button.danger{color:var(--bad)}
button.plain{height:24px;padding:0 4px;border:0;background:none;font-weight:400;font-size:12.5px;color:var(--ink-2);text-decoration:underline}
button.plain[aria-pressed=true]{color:var(--ink);font-weight:600;text-decoration:none}
button.sort{height:auto;min-height:0;padding:0;border:0;border-radius:2px;background:none;color:inherit;font:inherit;text-align:inherit;white-space:normal;display:inline}
button.sort:hover{background:none;color:var(--ink);text-decoration:underline}
a.sort{color:inherit;text-decoration:none}
a.sort:hover{color:var(--ink);text-decoration:underline}
th[aria-sort=ascending] .sort::after{content:" ↑"}
th[aria-sort=descending] .sort::after{content:" ↓"}
.chart,.seat-trend{position:relative}
.telling{position:absolute;pointer-events:none;max-width:100%;background:var(--ink);color:var(--canvas);font-size:12.5px;line-height:18px;padding:3px 8px;border-radius:4px;z-index:1}
.telling:empty{display:none}
.told{stroke:var(--ink);stroke-width:2}
svg:focus-visible{outline:2px solid var(--challenger);outline-offset:2px}
input,select,textarea{font:inherit;color:var(--ink);background:var(--surface);border:1px solid var(--control);border-radius:6px;min-height:32px;padding:5px 10px;max-width:100%}
input[type=range]{padding:0;accent-color:var(--ink)}
button:focus-visible,.button:focus-visible,input:focus-visible,select:focus-visible,textarea:focus-visible{outline:2px solid var(--challenger);outline-offset:2px}
.form{display:grid;gap:6px;justify-items:start;max-width:460px;margin:20px 0}
.form label{font-size:12.5px;line-height:18px;color:var(--ink-3);margin-top:8px}
.form input:not([type=hidden]),.form textarea,.form select{width:100%}
.form>.button{margin-top:12px}
.form .actions{display:flex;gap:8px;margin-top:16px;flex-wrap:wrap}
.narrow{max-width:640px}
.error{border-left:3px solid var(--bad);padding:8px 0 8px 16px;margin:16px 0}
.said{border-left:3px solid var(--good);padding:8px 0 8px 16px;margin:16px 0}
.empty-state{border:1px dashed var(--line-2);border-radius:10px;padding:16px;margin:16px 0}`

const narrow = `
@media screen and (max-width:1019px){.next{display:none}}
@media screen and (max-width:699px){
.whole{display:inline-block;max-width:100%}
.top>div{display:block;margin:0}
.brand{padding:10px 16px}
.top nav ul{overflow-x:auto;padding:0 8px}
.top nav a{padding:12px 10px 10px;white-space:nowrap;min-height:44px}
.button,button{min-height:44px}
button.plain{min-height:24px}
.table:has(thead a) thead{display:block;position:static;width:auto;height:auto;overflow:visible;clip-path:none}
.table:has(thead a) thead tr{display:flex;flex-wrap:wrap;gap:0 20px;padding:0 12px;border-bottom:1px solid var(--line-2);background:var(--sunken);border-radius:10px 10px 0 0}
.table:has(thead a) thead tr::before{content:"Sort by";flex:0 0 100%;padding-top:10px;font-size:12px;line-height:18px;color:var(--ink-3)}
.table thead th:has(.sort){display:block;width:auto;padding:0;border:0;background:none}
.table thead a.sort{display:block;padding:13px 0;color:var(--challenger);text-decoration:underline}
.table:has(thead a) thead th:not(:has(a)){display:none}
.form .actions,.form .actions .button{width:100%;justify-content:center}
}`

const adapted = `
@media print{.top,.bottom form,.skip,.buttons,.filters,.pager{display:none}}
@media (forced-colors:active){.square,.dot{forced-color-adjust:none}.top nav a{border-bottom-color:Canvas}.top nav a[aria-current]{border-bottom-color:Highlight}}`
