/** The page's own style: it fetches nothing, and follows the reader's choice of light or dark. */
export const style = `
:root{color-scheme:light dark;--paper:#f6f7f9;--card:#fff;--ink:#1a2230;--soft:#566072;--line:#d5dae3;--accent:#2457c5;--fill:#2f6fed;--full:#b45309;--good:#15803d;--bad:#b91c1c;--outside:#eef1f6}
@media (prefers-color-scheme:dark){:root{--paper:#10141b;--card:#181e28;--ink:#e6eaf2;--soft:#a3adbf;--line:#303947;--accent:#8ab4ff;--fill:#3f7df5;--full:#d98324;--good:#4ade80;--bad:#f87171;--outside:#222a36}}
*{box-sizing:border-box}
body,.page{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
header,main,footer{max-width:76rem;margin:0 auto;padding:.5rem 1rem}
h1{font-size:1.7rem;margin:.5rem 0}h2{margin:1.5rem 0 .6rem;font-size:1.3rem}h3{margin:0 0 .5rem;font-size:1.05rem}h4{margin:0;font-size:1rem}
small,caption,footer{color:var(--soft)}
a{color:var(--accent)}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:0;margin:0}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(6rem,1fr));gap:.5rem;margin:.75rem 0 0}
.tiles div{padding:.5rem .6rem}.card{padding:.9rem}.tiles div,.card{background:var(--card);border:1px solid var(--line);border-radius:.6rem}
.tiles dt{color:var(--soft);font-size:.8rem}.tiles dd{margin:0;font-size:1.1rem;font-weight:600}
.card{margin-bottom:1rem}
.pools{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,17rem),1fr));gap:.9rem}
.pool{border:1px solid var(--line);border-radius:.5rem;padding:.75rem}.pool p{margin:.25rem 0 .5rem}
.bars{display:grid;grid-template-columns:4.5rem repeat(3,1fr);gap:.35rem;align-items:center;font-size:.8rem;margin:.2rem 0}
.bar{position:relative;height:1.35rem;border:1px solid var(--line);border-radius:.25rem;overflow:hidden}
.bar i{position:absolute;inset:0 auto 0 0;background:var(--fill);opacity:.35}.bar.full i{background:var(--full);opacity:.6}
.bar b{position:relative;display:block;text-align:center;font-weight:500;line-height:1.3rem}
.tag{font-size:.75rem;font-weight:600;border:1px solid currentColor;border-radius:1rem;padding:0 .5rem;color:var(--soft)}
.good .tag{color:var(--good)}.bad .tag,li.bad{color:var(--bad)}
.pair,.drills{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,28rem),1fr));gap:1rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}caption{text-align:left;padding-bottom:.4rem}
th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}tbody th{font-weight:400}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
ul{padding-left:1.2rem;margin:.5rem 0}details li{overflow-wrap:anywhere}summary{cursor:pointer}
svg{display:block;margin:0 auto;max-width:100%;height:auto}svg text{font:12px system-ui,sans-serif;text-anchor:middle;fill:var(--ink)}
.party{fill:var(--card);stroke:var(--accent)}.party.outside{fill:var(--outside);stroke:var(--soft);stroke-dasharray:4 3}
.party.store{stroke:var(--good)}
.call{outline:none;color:var(--soft)}.call path{fill:none}.line{stroke:currentColor;stroke-width:1.2}.hit{stroke:transparent;stroke-width:12}.head{fill:var(--soft)}
.call .ports{visibility:hidden;paint-order:stroke;stroke:var(--card);stroke-width:4px;font-weight:600}
.call:is(:hover,:focus){color:var(--accent)}.call:is(:hover,:focus) .line{stroke-width:2.5}.call:is(:hover,:focus) .ports{visibility:visible}
.drawing:has(.call:is(:hover,:focus)) .call:not(:hover,:focus){opacity:.08}
.host{display:block;overflow-wrap:anywhere;font-weight:400}.cluster h3{margin-bottom:.25rem}
.bill{display:flex;flex-wrap:wrap;gap:.3rem;list-style:none;padding:0;margin:0}.bill li{flex-basis:auto;border:1px solid var(--line);border-left:4px solid var(--fill);border-radius:.3rem;padding:.3rem .5rem;font-size:.9rem}.bill .unused{border-left-color:var(--full)}
.behind{color:var(--full)}.traffic td{white-space:nowrap}
@media (max-width:40rem){svg{max-width:none}.cluster th{font-size:.75rem;white-space:normal}header,main,footer{padding:.6rem}.card{padding:.6rem}.tiles{grid-template-columns:repeat(3,1fr);gap:.4rem}.tiles div{padding:.45rem}.tiles dd{font-size:1.05rem}.tiles dt{font-size:.75rem}}
@media print{body{background:#fff}details{display:block}}
`;
