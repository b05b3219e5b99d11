/** Turns with their margin, the statement, the article. */
export const transcript = `
.round{margin-top:2.4rem}
.round>h3{font:600 .82rem/1.3 var(--sans);color:var(--muted);border-bottom:1px solid var(--rule);padding-bottom:.45rem;margin-bottom:1.6rem}
.turn{display:grid;grid-template-columns:minmax(0,36rem) minmax(0,13rem);column-gap:2.6rem;margin-bottom:2.1rem;scroll-margin-top:1.5rem}
.turn>header{grid-column:1;display:flex;align-items:baseline;gap:.6rem}
.turn h4{font:600 .92rem/1.4 var(--sans);color:var(--own)}
.turn.chair h4{color:var(--muted)}
.turn .number{font-size:.74rem;color:var(--muted);text-decoration:none}
.turn .number:hover{text-decoration:underline}
.speech{grid-column:1}
.speech p,.private p{margin:.25rem 0 .75rem;white-space:pre-line}
.chair .speech{font-style:italic;color:var(--muted)}
.turn:target>header{box-shadow:-1.1rem 0 0 var(--paper),-1.3rem 0 0 var(--accent)}
.here{scroll-margin-top:6rem}
.here:target+*{outline:.14em solid var(--accent);outline-offset:.12em;border-radius:.1em}
.speech mark{background:none;color:inherit;text-decoration:underline;text-decoration-color:color-mix(in oklab,var(--own) 55%,transparent);text-decoration-thickness:.09em;text-underline-offset:.24em}
.misquote{background:color-mix(in oklab,var(--bad) 16%,transparent);border-bottom:.12em solid var(--bad)}
.unsupported{text-decoration:underline wavy var(--bad) .06em;text-underline-offset:.2em}
.cite{font:500 .74em/1 var(--sans);white-space:nowrap}
.cite a{text-decoration:none;color:var(--accent)}
.cite a:hover{text-decoration:underline}
.nowhere{color:var(--bad);text-decoration:line-through}
.margin{grid-column:2;grid-row:1/span 3;font:400 .78rem/1.45 var(--sans);color:var(--muted);padding-top:.15rem}
.margin p{margin:0 0 .25rem;font-weight:600}
.margin ul{list-style:none;margin:0 0 .9rem;padding:0}
.margin li{margin-bottom:.28rem}
.margin a{text-decoration-color:var(--rule)}
.margin .bad{color:var(--bad)}
.margin .diff{color:var(--ink)}
del{color:var(--bad)}ins{color:var(--good);text-decoration-thickness:.1em}
.private{grid-column:1;border-left:2px dotted var(--rule);padding-left:1rem;color:var(--muted)}
.question{background:var(--raised);padding:.9rem 1.2rem;margin:0 0 2rem;max-width:36rem;border-radius:.3rem}
.question p{margin:.2rem 0}
.flag{font-size:.74rem;color:var(--bad)}
.after-round{font-size:.82rem;margin:0 0 1rem}
.statement{font-size:1.12rem;max-width:36rem;border-left:3px solid var(--accent);padding-left:1.4rem}
.items,.answers,.moves{list-style:none;padding:0;max-width:42rem}
.items li{padding:.6rem 0;border-bottom:1px solid var(--rule)}
.status{font-size:.74rem;font-weight:600;border:1px solid currentColor;border-radius:1rem;padding:.05em .65em;margin-right:.4em;color:var(--muted)}
.agreed .status{color:var(--good)}.conditional .status{color:var(--accent)}
.answers li{margin:1rem 0}.answers .signed b{color:var(--good)}.answers .refused b{color:var(--bad)}
.answers blockquote{margin:.2rem 0 0 1.1rem}.answers p{margin:0}
.moves li{margin:.3rem 0}
.persona{margin:1.2rem 0;max-width:44rem}.persona h4{font-family:var(--sans)}.persona ul{margin:.3rem 0;padding-left:1.2rem}.persona p{margin:.3rem 0;color:var(--muted)}
.persona .bad{color:var(--bad)}
.passages{list-style:none;padding:0;max-width:40rem}
.passages li{display:grid;grid-template-columns:2.6rem 1fr;padding:.7rem 0;scroll-margin-top:1.5rem}
.passages .number{font-size:.78rem;font-weight:600;color:var(--accent);padding-top:.25rem}
.passages p{margin:0}.passages .back{font-size:.78rem;color:var(--muted);margin-top:.25rem}
.passages li:target{background:var(--mark);box-shadow:0 0 0 .6rem var(--mark)}
@media screen and (max-width:74rem){.turn{grid-template-columns:minmax(0,36rem)}.margin{grid-column:1;grid-row:auto;border-left:2px solid var(--rule);padding-left:1rem}.margin ul{margin-bottom:.4rem}.margin .read{display:inline;margin-right:1rem}}
`;
