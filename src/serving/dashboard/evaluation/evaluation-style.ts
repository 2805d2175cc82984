/** Pages of evaluations and of golden data: facts in a line, checks, the diff table, progress. */
export const evaluationStyle = `
.line{display:flex;justify-content:space-between;align-items:baseline;gap:8px 20px;flex-wrap:wrap}
.line p{margin:0}
.particulars{display:flex;flex-wrap:wrap;gap:4px 28px;margin:16px 0 24px;font-size:13px;line-height:20px}
.particulars div{display:flex;gap:6px}
.particulars dt{color:var(--ink-3);white-space:nowrap}
.particulars dd{margin:0;font-weight:600}
.particulars dd span{font-weight:400;color:var(--ink-3)}
.particulars.stacked{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 16px}
.particulars.stacked div{display:contents}
.particulars.stacked dd{font-weight:400;max-width:80ch}
.chips{margin:12px 0;display:flex;gap:12px;align-items:center;flex-wrap:wrap}
.chips ul{display:flex;flex-wrap:wrap;gap:8px;list-style:none;margin:0;padding:0;max-width:none}
.chips a{display:block;padding:3px 10px;border:1px solid var(--line-2);border-radius:6px;color:var(--ink-2);text-decoration:none;font-size:13px;line-height:20px}
.chips a:hover{background:var(--hover)}
.chips a[aria-current]{border-color:var(--ink);color:var(--ink);font-weight:600}
.pager{display:flex;gap:20px;max-width:none;margin:12px 0}
.table+h3,.note+h3{margin-top:24px}
.links{display:flex;flex-wrap:wrap;gap:4px 20px;list-style:none;padding:0;max-width:none;margin:8px 0}
.beside.equal{grid-template-columns:repeat(auto-fit,minmax(min(100%,480px),1fr));align-items:start;gap:28px 40px}
.beside.equal figure{margin-top:12px}
main section>h2,main .line h2{font-family:inherit;font-weight:650;font-size:15px;line-height:22px}
.filters{display:flex;flex-wrap:wrap;gap:12px;align-items:end;margin:12px 0}
.filters label{font-size:12.5px;line-height:18px;color:var(--ink-3);width:200px}
.filters select{display:block;width:100%;margin-top:4px;color:var(--ink)}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.checks ul{list-style:none;padding:0;margin:12px 0 0;max-width:none}
.checks li{display:flex;gap:10px;padding:7px 0}
.checks li+li{border-top:1px solid var(--line)}
.checks .glyph{margin-top:2px;color:var(--ink-3)}
.checks .passed .glyph{color:var(--good)}
.checks .failed .glyph{color:var(--bad)}
.checks .failed div{font-weight:600}
.found{display:block;font-size:12.5px;line-height:18px;color:var(--ink-3);font-weight:400}
.diff table{table-layout:fixed}
.diff th:first-child{width:20%}
.diff th{font-size:13px;color:var(--ink-2)}
.diff thead th{background:none}
.diff thead th:nth-child(2),.diff .target{background:var(--sunken)}
.diff .line{flex-wrap:nowrap}
.diff td,.diff th{overflow-wrap:anywhere}
.points{flex:none;color:var(--ink-3);font-size:12.5px;white-space:nowrap}
.wrong{color:var(--bad);text-decoration:underline;text-underline-offset:3px;text-decoration-thickness:1.5px}
.missing{color:var(--bad);text-decoration:underline dashed;text-underline-offset:3px}
.running{border:1px solid var(--line);border-radius:10px;background:var(--surface);padding:16px 20px;margin:24px 0}
.running .track svg{display:block;width:100%;height:8px;margin:12px 0;border-radius:4px}
.running .table{border:0;margin:8px -16px 0}
.input-text{white-space:pre-wrap;overflow-wrap:anywhere;max-width:80ch;background:var(--surface);border:1px solid var(--line);border-radius:10px;padding:16px 20px;margin:8px 0 20px}
.target-json{max-height:none;font:13px/18px ui-monospace,SFMono-Regular,Consolas,"DejaVu Sans Mono",monospace;background:var(--surface);border:1px solid var(--line);border-radius:10px;padding:16px 20px;overflow-x:auto;margin:8px 0 20px}
@media screen and (min-width:900px){#samples tbody th{min-width:17em}}
@media screen and (max-width:699px){
.filters label,.filters button{width:100%;justify-content:center}
.diff td{display:block;text-align:left}
.diff td::before{display:block;font-size:12.5px}
.diff .target{padding:2px 8px;border-radius:4px}
.chips a{padding:11px 12px}
.particulars.stacked{display:block}
.particulars.stacked div{display:block;margin-bottom:8px}
}`
