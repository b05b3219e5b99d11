/** Tables, charts, evidence. */
export const tables = `
.scroll{overflow-x:auto;margin:1.2rem 0}
table{border-collapse:collapse;font:400 .84rem/1.35 var(--sans);font-variant-numeric:lining-nums tabular-nums}
caption{text-align:left;font-size:.8rem;font-weight:600;color:var(--muted);padding-bottom:.5rem}
th{font-weight:500;text-align:left}
.figures th,.figures td{padding:.42rem 1.1rem .42rem 0;text-align:right;vertical-align:top}
.figures th:first-child,.figures.left td,.figures.left th{text-align:left}
.figures thead th{color:var(--muted);font-size:.76rem;border-bottom:1px solid var(--rule);vertical-align:bottom}
.figures:not(.left) td{white-space:nowrap}.figures .why td,.figures .wrap{white-space:normal}
.figures tfoot th,.figures tfoot td{border-top:1px solid var(--rule)}
.figures tr:target,.figures tr:has(th:target) td,.figures th:target{background:var(--mark)}
.figures .why td{text-align:left;color:var(--muted);font-size:.8rem;padding-top:0;padding-bottom:.65rem;border-bottom:1px solid var(--rule);max-width:0}
.figures .bad{color:var(--bad);font-weight:600}
.matrix th,.matrix td{padding:.4rem .5rem}
.matrix thead th{text-align:center;font-size:.78rem;vertical-align:bottom}
.matrix thead th:first-child{text-align:left;padding-left:0}
.matrix th[scope=row]{padding-left:0;padding-right:1rem}
.matrix td{text-align:center;min-width:3.4rem;border:2px solid var(--paper)}
.matrix thead .unit{display:block}
.matrix a{text-decoration:none}
.matrix td a{display:block;margin:-.4rem -.5rem;padding:.4rem .5rem}
.matrix td a:hover{text-decoration:underline;color:inherit}
.matrix .declared{color:var(--muted)}
.matrix .none,.matrix .still{color:var(--muted)}
.matrix .nearer{color:var(--good);font-weight:600}.matrix .further{color:var(--bad);font-weight:600}
.matrix .self{background:var(--raised)}
.matrix .bound{color:var(--muted);font-size:.78rem;white-space:nowrap}
abbr[title]{text-decoration:underline dotted;text-underline-offset:.2em;cursor:help}
.small{font-size:.78rem}.small th,.small td{padding:.3rem .28rem}.small td{min-width:2.7rem}.small thead th{font-size:.74rem}
.two{display:flex;flex-wrap:wrap;gap:0 1.8rem}.two>*{min-width:0;max-width:100%}
.chart{margin:0}
.chart svg{display:block;width:100%;height:auto;max-width:52rem;overflow:visible}
figcaption{font-size:.8rem;color:var(--muted);margin-top:.4rem}
svg text{font:400 12px var(--sans);fill:var(--muted)}
.grid{stroke:var(--rule);stroke-width:1}
.positions .grid{stroke-opacity:.45}.positions .anchor{stroke-opacity:1}
.threshold{stroke:var(--good);stroke-dasharray:2 4}
svg .threshold-name{fill:var(--good);font-size:11px}
.band{fill:var(--accent);opacity:.14}
.whisker{stroke:var(--accent);stroke-width:1.5;opacity:.5}
.line{fill:none;stroke-width:2.2;stroke-linejoin:round;stroke-linecap:round;stroke:var(--own,var(--accent))}
.line.main{stroke-width:3}
.line.all{stroke:var(--muted);stroke-width:1.5;stroke-dasharray:6 4}
.line.least{stroke:var(--muted);stroke-width:1.5;stroke-dasharray:1.5 4}
.dot{fill:var(--muted)}.dot.main{fill:var(--accent);stroke:var(--paper);stroke-width:2}
svg .label.main{fill:var(--accent);font-weight:600;font-size:14px}

.positions .faint{opacity:.35}
.positions g{fill:var(--own);color:var(--own)}.positions .line{stroke-opacity:.75;stroke-width:1.8;fill:none}
.warnings{border-left:3px solid var(--bad);margin:1.4rem 0;padding:.1rem 0 .1rem 1rem;max-width:46rem;font-size:.94rem}
.warnings ul{list-style:none;margin:0;padding:0}.warnings li{margin:.3rem 0}.warnings a{font:600 .8rem var(--sans)}
.issue{margin-top:3.2rem;scroll-margin-top:1.5rem}
.issue h3{font-size:1.3rem;font-weight:500}
.ask{font-style:italic;margin:0 0 1rem;max-width:38em}
.pair{display:grid;grid-template-columns:minmax(0,26rem) minmax(0,1fr);gap:2rem;align-items:stretch}
.anchors{margin:0;display:flex;flex-direction:column;justify-content:space-between;font-size:.88rem;line-height:1.4}
.anchors>div{display:grid;grid-template-columns:1.7rem 1fr;gap:.7rem;align-items:start}
.anchors dt{font:600 .8rem/1.6rem var(--sans);text-align:center;border-radius:.2rem}
.anchors dd{margin:0}
details.evidence{border-top:1px solid var(--rule);max-width:46rem}
details.evidence:last-of-type{border-bottom:1px solid var(--rule)}
summary{cursor:pointer;font:500 .84rem/1.4 var(--sans);padding:.5rem 0}
summary:hover{color:var(--accent)}
.way{color:var(--muted);font-weight:400;margin-left:.6em;font-variant-numeric:tabular-nums}
.evidence ol{list-style:none;margin:0;padding:.2rem 0 1rem 1.3rem}
.evidence li{padding:.5rem 0 .5rem .9rem;border-left:2px solid var(--rule);scroll-margin-top:4rem}
.evidence li:target{border-left-color:var(--accent);background:linear-gradient(90deg,var(--mark),transparent)}
.evidence p{margin:0}.evidence .kicker{margin-bottom:.1rem;font-size:.76rem}
.evidence blockquote{margin:.3rem 0 .3rem 1rem}
.evidence footer,.samples{font:400 .8rem/1.5 var(--sans);color:var(--muted)}
.rejected{display:block}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(16rem,1fr));gap:.9rem 2rem;margin:0 0 1rem}
.facts dt{font:500 .78rem/1.3 var(--sans);color:var(--muted)}.facts dd{margin:0}
.hashes{font-size:.84rem;padding-left:1.1rem}
.hashes code{font-size:.76rem;color:var(--muted)}
.guide{max-width:44rem}.guide>div{margin-bottom:.9rem}.guide dt{font:600 .9rem/1.4 var(--sans)}.guide dd{margin:.1rem 0 0}
@media screen and (max-width:48rem){svg text{font-size:16px}svg .threshold-name{font-size:15px}svg .label.main{font-size:18px}.pair{grid-template-columns:1fr;gap:1rem}.anchors{gap:.5rem}}
@media print{@page{margin:16mm 15mm}.pair{grid-template-columns:minmax(0,19rem) minmax(0,1fr)}html{font-size:10.5pt}.rail,.skip,.foot{display:none}.frame{display:block;padding:0;max-width:none}main{padding:0}main>section{margin-top:1.6rem}.turn{break-inside:avoid-page;grid-template-columns:minmax(0,1fr) 11rem}.margin{grid-column:2;grid-row:1/span 3;border:0;padding-left:0}.margin .read{display:list-item;list-style:none}.chart,table,.passages li,.evidence li,.pair{break-inside:avoid}h2,h3,h4{break-after:avoid}details::details-content{content-visibility:visible;block-size:auto}.scroll{overflow:visible}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
