/** One sheet for both pages; the tokens are those of the desk. */
export const docsStyle = `
:root{color-scheme:light;--ink:#1b1f24;--ink-2:#454c56;--ink-3:#5b6470;--line:#d5d9df;--line-2:#e7eaee;--accent:#1a4f98;--ground:#f5f6f8}
*{box-sizing:border-box}html{scroll-padding-top:1rem}
body{margin:0;background:var(--ground);color:var(--ink);font:.875rem/1.6 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
a{color:var(--accent)}a:focus-visible,summary:focus-visible,input:focus-visible,pre:focus-visible,.wide:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
code,pre{font:.8125rem/1.5 ui-monospace,"SF Mono",Consolas,monospace}
.top{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;padding:.75rem 1.5rem;background:#fff;border-bottom:1px solid var(--line)}
.top b{margin-right:auto;font-size:1rem}.top a{padding:.25rem 0}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:#fff;padding:.5rem 1rem;z-index:1}
.page{display:grid;grid-template-columns:16rem minmax(0,1fr);max-width:76rem;margin:0 auto}
nav.toc{position:sticky;top:0;align-self:start;max-height:100vh;overflow:auto;padding:1.5rem 1rem 1.5rem 1.5rem}
nav.toc ul{list-style:none;margin:0;padding:0}nav.toc a{display:block;padding:.375rem .5rem;border-radius:4px;color:var(--ink-2);text-decoration:none}nav.toc a:hover{background:#e9eff8}
main{padding:1.5rem;min-width:0}h1{font-size:1.5rem;line-height:1.3;margin:0 0 .5rem}h2{font-size:1.125rem;margin:2rem 0 .75rem}h3{font-size:.875rem;margin:0;font-weight:500;display:inline}
h4{font-size:.8125rem;font-weight:600;margin:1rem 0 .375rem;color:var(--ink-2)}p{margin:0 0 .75rem}.lead{color:var(--ink-2)}
dl.notes{display:grid;grid-template-columns:8rem minmax(0,1fr);gap:.5rem 1rem;background:#fff;border:1px solid var(--line);border-radius:8px;padding:1rem 1.25rem;margin:0}
dl.notes dt{font-weight:600}dl.notes dd{margin:0}
.find{display:grid;gap:.25rem;margin:1.5rem 0 0}.find input{font:inherit;padding:.5rem .75rem;min-height:2.5rem;border:1px solid #767d88;border-radius:8px;background:#fff;width:100%}
.find p{margin:0;min-height:1.4em;color:var(--ink-3)}
details{background:#fff;border:1px solid var(--line);border-radius:8px;margin:0 0 .5rem}
summary{display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline;padding:.625rem 1rem;cursor:pointer;list-style:none}summary::-webkit-details-marker{display:none}
summary .path{overflow-wrap:anywhere;min-width:0}summary .sum{flex:1 1 16rem;color:var(--ink-2)}
.m{display:inline-block;min-width:4.25rem;padding:0 .375rem;border:1px solid var(--ink);border-radius:4px;text-align:center;font:600 .75rem/1.6 ui-monospace,Consolas,monospace}
.m.POST,.m.DELETE{background:var(--ink);color:#fff}.in{padding:0 1rem 1rem;border-top:1px solid var(--line-2)}
.facts{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin:.75rem 0 0;color:var(--ink-2)}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%}th{font-weight:500;font-size:.75rem;color:var(--ink-3);text-align:left;background:#f0f2f5}
th,td{padding:.375rem .625rem;border-bottom:1px solid var(--line-2);vertical-align:top}td code{overflow-wrap:anywhere}
pre{background:var(--ground);border:1px solid var(--line-2);border-radius:8px;padding:.75rem 1rem;margin:0;overflow-x:auto;white-space:pre}
.errors td:first-child{white-space:nowrap}.errors td a{display:inline-block;padding:.25rem 0;margin-right:.5rem}tr:target td{background:#e9eff8}[hidden]{display:none!important}
@media(max-width:56rem){.page{grid-template-columns:minmax(0,1fr)}nav.toc{position:static;max-height:none;padding:1rem 1rem 0}dl.notes{grid-template-columns:minmax(0,1fr);gap:.125rem}dl.notes dd{margin-bottom:.5rem}main{padding:1rem}.top{padding:.75rem 1rem}.errors td:first-child{white-space:normal}}
@media(max-width:40rem){.errors :is(table,tbody,tr,td){display:block}.errors :is(thead,tr:has(th)){display:none}.errors tr{padding:.5rem 0;border-bottom:1px solid var(--line-2)}.errors td{padding:.125rem 0;border:0}}
@media print{nav.toc,.find,.top a{display:none}.page{display:block}}
`

/** Finds by what is written on an operation, and opens the one that an address names. Without script everything is there, closed. */
export const docsScript = `
const box=document.querySelector('#find');const all=[...document.querySelectorAll('details')];const said=document.querySelector('#found');
const show=()=>{const words=box.value.trim().toLowerCase().split(/\\s+/).filter(Boolean);let count=0;
for(const one of all){const fits=words.every(word=>one.dataset.words.includes(word));one.hidden=!fits;if(fits)count++}
for(const part of document.querySelectorAll('section.group'))part.hidden=![...part.querySelectorAll('details')].some(one=>!one.hidden);
said.textContent=words.length===0?'':count===0?said.dataset.none:count+' '+said.dataset.found};
box?.addEventListener('input',show);
const open=()=>{const one=document.getElementById(decodeURIComponent(location.hash.slice(1)));if(one?.tagName==='DETAILS'){one.open=true;one.scrollIntoView()}};
addEventListener('hashchange',open);open();
`
