/** The style of the page: light and dark by the reader's setting, ink on paper in print, no colour that carries meaning alone. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --paper: #fdfcfa; --ink: #1d2126; --quiet: #5a626c; --rule: #d9d6cf; --box: #f3f1ec; --link: #0b5394;
  --c0: #0067a5; --c1: #b84a00; --c2: #00795a; --c3: #a8478a; --c4: #8a6100; --c5: #4a5aa8; --c6: #7a3f3f; --c7: #555c66;
  --good: #00695c; --bad: #9a3412; --del: #ffdfd2; --ins: #d3efdc; --band: #0067a51a;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15181c; --ink: #e8e6e1; --quiet: #a4abb5; --rule: #363c44; --box: #1e2329; --link: #8ac4ff;
    --c0: #66b7f2; --c1: #ff9a5c; --c2: #4fd0a5; --c3: #ec9fd2; --c4: #e3b94e; --c5: #a3b1ff; --c6: #e0a0a0; --c7: #aab2bd;
    --good: #5fd3bf; --bad: #ffb08a; --del: #5a2a1c; --ins: #1c4a30; --band: #66b7f226;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", sans-serif; }
main, header, footer { max-width: 76rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .4rem; text-wrap: balance; }
h2 { font-size: 1.35rem; margin: 2.8rem 0 .8rem; padding-top: .6rem; border-top: 2px solid var(--ink); }
h3 { font-size: 1.05rem; margin: 1.8rem 0 .5rem; }
h4 { font-size: .95rem; margin: 0 0 .3rem; }
p { max-width: 72ch; margin: .4rem 0; overflow-wrap: anywhere; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .4rem .8rem; z-index: 1; }
nav ul, .legend { list-style: none; padding: 0; margin: .8rem 0; display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; }
.quiet { color: var(--quiet); font-size: .9rem; font-weight: normal; }
.strong { font-weight: 600; }
.caveat, .warning { border: 2px solid var(--bad); border-radius: .4rem; padding: .7rem 1rem; max-width: 44rem; }
.caveat { font-weight: 600; }
.verdict { background: var(--box); border-left: .45rem solid var(--quiet); border-radius: .3rem; padding: .2rem 1.2rem .7rem; margin: .9rem 0; }
.verdict.better, .verdict.no-worse { border-color: var(--good); }
.verdict.mixed { border-color: var(--bad); }
.verdict h3 { margin: .7rem 0 .3rem; }
.finding { display: inline-block; margin-left: .5rem; padding: .05rem .6rem; border: 1px solid currentColor; border-radius: 1rem; font-size: .8rem; font-weight: 600; }
.wide { overflow-x: auto; padding: 2px; margin: 0 -2px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .92rem; margin: .6rem 0; }
caption { text-align: left; color: var(--quiet); font-size: .9rem; padding-bottom: .4rem; max-width: 72ch; }
th, td { text-align: left; vertical-align: top; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--rule); }
thead th { vertical-align: bottom; font-weight: 600; }
th[scope="row"], th[scope="rowgroup"] { font-weight: 500; }
th.role { padding-top: 1rem; font-weight: 600; color: var(--quiet); }
td.drawn { padding-top: .15rem; padding-bottom: 0; }
.differences td { white-space: nowrap; }
figure { margin: 1.2rem 0; min-width: 0; }
figcaption h3, figcaption h4 { font-size: 1rem; margin: 0; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 34rem), 1fr)); gap: 0 2.4rem; align-items: start; }
.wide > svg { max-width: 100%; height: auto; min-width: 26rem; }
figcaption p { color: var(--quiet); font-size: .9rem; }
svg { display: block; overflow: visible; max-width: none; font: 12px system-ui, sans-serif; fill: var(--ink); }
.bar { margin: 0; }
.legend li { display: flex; align-items: center; gap: .4rem; font-size: .9rem; }
.c0 { --c: var(--c0); } .c1 { --c: var(--c1); } .c2 { --c: var(--c2); } .c3 { --c: var(--c3); }
.c4 { --c: var(--c4); } .c5 { --c: var(--c5); } .c6 { --c: var(--c6); } .c7 { --c: var(--c7); }
.line { fill: none; stroke: var(--c); stroke-width: 2; }
.line.thick { stroke-width: 5; stroke-linecap: round; opacity: .55; }
.thin { stroke: var(--c); stroke-width: 1; opacity: .5; }
.whisker { stroke: var(--c); stroke-width: 1.5; opacity: .55; fill: none; }
.mark { fill: var(--c); stroke: var(--paper); stroke-width: 1; }
.grid { stroke: var(--rule); stroke-width: 1; fill: none; }
.zero { stroke: var(--quiet); stroke-width: 1.5; stroke-dasharray: 3 3; fill: none; }
.margin { fill: var(--band); }
.tick { fill: var(--quiet); font-size: 11px; }
.flows th, .flows td { border: 0; padding: 0 .8rem .3rem 0; vertical-align: middle; }
.flows th[scope="row"] { max-width: 9rem; }
details { margin: .5rem 0; }
summary { cursor: pointer; padding: .2rem 0; }
.aligned { width: 100%; table-layout: fixed; font: .86rem/1.5 ui-monospace, "Cascadia Mono", Menlo, monospace; }
.aligned caption { font-family: system-ui, sans-serif; color: var(--ink); font-weight: 600; }
.aligned td { white-space: pre-wrap; overflow-wrap: anywhere; padding: .2rem .7rem .2rem 0; }
.aligned .equal td { color: var(--quiet); }
.aligned .gap td { text-align: center; color: var(--quiet); font-size: .8rem; font-style: italic; background: var(--box); }
mark { color: inherit; text-decoration-thickness: 2px; text-underline-offset: .18em; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
mark.left { background: var(--del); text-decoration: underline dotted var(--bad); }
mark.right { background: var(--ins); text-decoration: underline solid var(--good); }
form { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: end; margin: .6rem 0; }
label { display: grid; grid-template-columns: minmax(0, auto); gap: .15rem; font-size: .9rem; max-width: 100%; }
select, button { font: inherit; padding: .35rem .7rem; border: 1px solid var(--quiet); border-radius: .3rem; background: var(--paper); color: var(--ink); max-width: 100%; }
button { cursor: pointer; font-weight: 600; }
.debate { border-bottom: 1px solid var(--rule); margin: 0; }
.turn { margin: .7rem 0 1rem; padding-left: .9rem; border-left: 3px solid var(--rule); }
.turn p { white-space: pre-wrap; }
.turn.steering, .turn.opening { border-left-style: dotted; }
.reading { font-weight: 600; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.8rem; }
.pair > .side { min-width: 0; }
.heads { position: sticky; top: 0; background: var(--paper); border-bottom: 2px solid var(--ink); font-weight: 600; z-index: 1; }
.arm-label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
footer { color: var(--quiet); font-size: .9rem; padding-bottom: 3rem; margin-top: 3rem; }
[hidden] { display: none; }
@media (max-width: 44rem) {
  .pair { grid-template-columns: 1fr; }
  .heads { position: static; }
  .arm-label { position: static; width: auto; height: auto; clip-path: none; font-size: .8rem; font-weight: 600; color: var(--quiet); }
}
@media print {
  :root {
    color-scheme: light;
    --paper: #fff; --ink: #000; --quiet: #444; --rule: #bbb; --box: #fff; --link: #000;
    --c0: #0067a5; --c1: #b84a00; --c2: #00795a; --c3: #a8478a; --c4: #8a6100; --c5: #4a5aa8; --c6: #7a3f3f; --c7: #555c66;
    --good: #00695c; --bad: #9a3412; --del: #ffdfd2; --ins: #d3efdc; --band: #0067a51a;
  }
  @page { margin: 15mm; }
  body { font-size: 10pt; print-color-adjust: exact; }
  table { font-size: 8.5pt; }
  .differences td, .differences th { padding-right: .6rem; }
  .differences td { white-space: nowrap; }
  .bar { width: 150px; height: auto; }
  caption { break-after: avoid; }
  main, header, footer { max-width: none; padding: 0; }
  nav, form, .skip, #reader-status, .debate, #debates > h3:last-of-type { display: none; }
  #reader-head:not(:has(~ #reader-stage:not([hidden]))) { display: none; }
  details:not([open]) { display: none; }
  .heads { position: static; }
  .wide { overflow: visible; margin: 0; }
  .wide > svg { max-width: 100%; height: auto; }
  h2, h3, h4 { break-after: avoid; }
  figure, .verdict, tr, .turn { break-inside: avoid; }
}
`;
