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

/** Page, rail and text. Serif for what people said, sans for what was measured. */
export const typography = `
*{box-sizing:border-box}
:root{--serif:"Iowan Old Style","Palatino Linotype",Palatino,"URW Palladio L",P052,"Book Antiqua",Georgia,"Noto Serif",serif;--sans:"Inter","Segoe UI Variable Text","Segoe UI","Helvetica Neue",system-ui,"Noto Sans",sans-serif;--mono:ui-monospace,"SF Mono","Cascadia Mono",Consolas,"DejaVu Sans Mono",monospace}
html{font-size:clamp(16px,.92rem + .28vw,19px);scroll-behavior:smooth;-webkit-text-size-adjust:100%;scroll-padding-top:1.5rem}
body{margin:0;background:var(--paper);color:var(--ink);font-family:var(--serif);line-height:1.6;font-kerning:normal;text-rendering:optimizeLegibility;overflow-wrap:break-word}
p,li,dd,blockquote{hanging-punctuation:first;text-wrap:pretty}
h1,h2,h3,h4{line-height:1.15;font-weight:600;text-wrap:balance;margin:0}
h1{font-size:clamp(2.1rem,1.3rem + 3vw,3.5rem);letter-spacing:-.018em;font-weight:500}
h2{font-size:1.75rem;letter-spacing:-.01em;font-weight:500;margin-bottom:.6rem}
h3{font-size:1.18rem;margin:0 0 .5rem}
h4{font-size:1rem}
a{color:inherit;text-decoration-color:color-mix(in oklab,var(--accent) 70%,transparent);text-decoration-thickness:.07em;text-underline-offset:.18em}
a:hover{color:var(--accent)}
:focus-visible{outline:.16em solid var(--accent);outline-offset:.16em;border-radius:.1em}
[tabindex="-1"]:focus{outline:none}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem;z-index:2}
.frame{display:grid;grid-template-columns:12.5rem minmax(0,1fr);column-gap:3.5rem;max-width:78rem;margin:0 auto;padding:0 2rem}
.rail{position:sticky;top:0;align-self:start;max-height:100vh;overflow:auto;padding:4.4rem 0 2rem;font:500 .8rem/1.35 var(--sans)}
.rail ol{list-style:none;margin:1.4rem 0;padding:0;border-left:1px solid var(--rule)}
.rail li a{display:block;padding:.34rem 0 .34rem .95rem;margin-left:-1px;border-left:2px solid transparent;text-decoration:none;color:var(--muted)}
.rail li a:hover,.rail li a[aria-current]{color:var(--ink);border-left-color:var(--accent)}
.rail .label{color:var(--accent);margin:0}
.rail summary{display:none}
.rail button{font:inherit;color:var(--muted);background:none;border:1px solid var(--rule);border-radius:2rem;padding:.35rem .85rem;cursor:pointer}
.rail button:hover{color:var(--ink);border-color:var(--muted)}
main{padding:4rem 0 2rem;min-width:0}
main:focus{outline:none}
main>section{border-top:1px solid var(--rule);margin-top:4.2rem;padding-top:1.7rem}
main>.masthead+section{border-top:0;margin-top:2.2rem}
.whole{white-space:nowrap}
.kicker,.unit,figcaption,caption,.samples,.back,.rejected,.licence,.after-round,.number,.flag,.status{font-family:var(--sans)}
.kicker{font-size:.8rem;color:var(--muted);margin:0 0 .8rem;line-height:1.4}
.kicker .label{color:var(--paper);background:var(--accent);padding:.14em .6em;border-radius:.2em;margin-right:.5em;font-weight:600}
.standfirst{font-size:1.22rem;line-height:1.5;max-width:38em;margin:1.2rem 0 .8rem}
.disclaimer{color:var(--muted);font-style:italic;max-width:42em;margin:0 0 1.5rem}
.lead{max-width:40em;color:var(--muted);margin:0 0 1.5rem}
.unit{font-size:.74rem;font-weight:400;color:var(--muted)}
.cast{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.6rem;margin:0 0 1.8rem;padding:0;font:500 .9rem/1.5 var(--sans)}
.tag{white-space:nowrap}
.mark{width:.68em;height:.68em;fill:var(--own);color:var(--own);overflow:visible}
.key{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.4rem,1fr));margin:0;border-block:1px solid var(--rule)}
.key>div{padding:1rem 1rem 1rem 0}
.key dt{font:500 .78rem/1.3 var(--sans);color:var(--muted)}
.key dd{margin:0}
.key b{display:block;font-size:2.3rem;line-height:1.15;font-weight:500;letter-spacing:-.02em;font-variant-numeric:lining-nums tabular-nums}
.key span{display:block;font:400 .78rem/1.35 var(--sans);color:var(--muted)}
.own-lines{font-size:1.02rem;margin:0 0 1.6rem}.own-lines ul{margin:.3rem 0 0;padding-left:1.1rem}
.doubt{border-left:3px solid var(--bad);padding-left:1rem;max-width:42em}
.foot{max-width:78rem;margin:4rem auto 0;padding:1.2rem 2rem 3rem;font:400 .8rem/1.5 var(--sans);color:var(--muted)}
.foot p{border-top:1px solid var(--rule);padding-top:1.2rem;margin:0}
code{font:.86em/1.4 var(--mono);overflow-wrap:anywhere}
@media screen and (max-width:62rem){.frame{display:block;padding:0 1.2rem;max-width:46rem}.rail{position:static;max-height:none;padding:1.2rem 0 0}.rail ol{display:flex;flex-wrap:wrap;border:0;margin:.6rem 0;gap:.1rem 1.2rem}.rail li a{padding:.45rem 0;border:0}.rail.bar{position:sticky;top:0;z-index:2;background:var(--paper);padding:0;margin:0 -1.2rem;border-bottom:1px solid var(--rule)}.rail.bar .label{padding:.8rem 1.2rem 0}.rail.bar summary{display:block;padding:.75rem 1.2rem;font-size:.86rem;color:var(--ink)}.rail.bar summary::before{content:"≡  ";color:var(--accent)}.rail.bar ol{display:block;margin:0;padding:0 1.2rem .8rem;max-height:70vh;overflow:auto}.rail.bar button{margin:0 1.2rem 1rem}html{scroll-padding-top:4rem}main{padding-top:2rem}main>section{margin-top:3rem}.foot{padding-inline:1.2rem}}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
`;
