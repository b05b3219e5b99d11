/**
 * What the page does by itself: lays two debates of a cell beside each other, turn by turn, with the prompts that differ above.
 * It only copies elements that stand in the page; no text becomes markup.
 */
export const comparisonScript = `
(() => {
  'use strict';
  const form = document.getElementById('reader');
  if (!form) return;
  const stage = document.getElementById('reader-stage');
  const status = document.getElementById('reader-status');
  const [cell, left, right] = ['cell', 'left', 'right'].map((name) => document.getElementById('reader-' + name));
  const debateOf = (arm) => document.querySelector('.debate[data-cell="' + cell.value + '"][data-arm="' + arm + '"]');
  const nameOf = (select) => select.selectedOptions[0].textContent;
  const keysOf = (debate) => [...debate.querySelectorAll('[data-key]')].map((block) => block.dataset.key);

  const merged = (first, second) => {
    const keys = [...first];
    let place = 0;
    for (const key of second) {
      const at = keys.indexOf(key);
      if (at >= 0) place = at + 1;
      else keys.splice(place++, 0, key);
    }
    return keys;
  };

  const column = (debate, key, label) => {
    const box = document.createElement('div');
    box.className = 'side';
    const found = debate.querySelector('[data-key="' + key + '"]');
    const arm = document.createElement('span');
    arm.className = 'arm-label';
    arm.textContent = label;
    if (found) box.append(arm, found.cloneNode(true));
    else box.classList.add('empty');
    return box;
  };

  const prompts = () => {
    const low = Math.min(left.value, right.value);
    const high = Math.max(left.value, right.value);
    const source = document.getElementById('prompts-' + low + '-' + high);
    if (!source) return [];
    const box = document.createElement('details');
    const summary = document.createElement('summary');
    summary.textContent = 'Prompts that differ between ' + nameOf(left) + ' and ' + nameOf(right);
    const copy = source.cloneNode(true);
    copy.removeAttribute('id');
    box.append(summary, copy);
    return [box];
  };

  const show = () => {
    const debates = [left, right].map((select) => debateOf(select.value));
    if (debates.includes(null)) {
      stage.hidden = true;
      status.textContent = 'One of these debates is not in this report.';
      return;
    }
    const rows = merged(keysOf(debates[0]), keysOf(debates[1])).map((key) => {
      const row = document.createElement('div');
      row.className = 'versus';
      row.append(column(debates[0], key, nameOf(left)), column(debates[1], key, nameOf(right)));
      return row;
    });
    const heads = document.createElement('div');
    heads.className = 'versus heads';
    for (const [index, debate] of debates.entries()) {
      const head = document.createElement('p');
      head.className = 'side';
      head.textContent = debate.querySelector('summary').textContent;
      heads.append(head);
    }
    stage.replaceChildren(...prompts(), heads, ...rows);
    stage.hidden = false;
    status.textContent = nameOf(left) + ' and ' + nameOf(right) + ' in ' + nameOf(cell) + ': ' + rows.length + ' rows.';
  };

  form.hidden = false;
  form.addEventListener('submit', (event) => { event.preventDefault(); show(); });
  for (const select of [cell, left, right]) select.addEventListener('change', () => { if (!stage.hidden) show(); });
  document.getElementById('reader-next').addEventListener('click', () => {
    cell.selectedIndex = (cell.selectedIndex + 1) % cell.options.length;
    show();
  });
})();
`;

/** What a comparison's page has beside the family's style: arms by colour, mark and dash; plots; prompts and debates side by side. */
export const comparisonStyle = `
:root{--arm-0:#0067a5;--arm-1:#b84a00;--arm-2:#00795a;--arm-3:#a8478a;--arm-4:#8a6100;--arm-5:#4a5aa8;--arm-6:#7a3f3f;--arm-7:#655f53;--del:#ffdfd2;--ins:#d3efdc;--band:#0067a51a}
@media (prefers-color-scheme:dark){:root{--arm-0:#66b7f2;--arm-1:#ff9a5c;--arm-2:#4fd0a5;--arm-3:#ec9fd2;--arm-4:#e3b94e;--arm-5:#a3b1ff;--arm-6:#e0a0a0;--arm-7:#a9a292;--del:#5a2a1c;--ins:#1c4a30;--band:#66b7f226}}
@media print{:root{--arm-0:#0067a5;--arm-1:#b84a00;--arm-2:#00795a;--arm-3:#a8478a;--arm-4:#8a6100;--arm-5:#4a5aa8;--arm-6:#7a3f3f;--arm-7:#655f53;--del:#ffdfd2;--ins:#d3efdc;--band:#0067a51a}}
${Array.from({ length: 8 }, (_, place) => `.c${place}{--own:var(--arm-${place})}`).join('')}
.caveat,.warning{border-left:3px solid var(--bad);padding-left:1rem;max-width:46rem}
.caveat{font-weight:600}
.quiet{color:var(--muted);font:400 .84rem/1.5 var(--sans);max-width:46rem}
.strong{font-weight:600}
.verdict{border-left:4px solid var(--muted);padding:.1rem 0 .1rem 1.3rem;margin:1.4rem 0;max-width:46rem}
.verdict.better,.verdict.no-worse{border-color:var(--good)}
.verdict.mixed{border-color:var(--bad)}
.verdict p{margin:.3rem 0}
.finding{font:600 .74rem/1.4 var(--sans);border:1px solid currentColor;border-radius:1rem;padding:.05em .65em;margin-left:.4em;white-space:nowrap}
.better .finding,.no-worse .finding{color:var(--good)}.mixed .finding{color:var(--bad)}
.figures td.drawn{padding-top:.3rem;padding-bottom:0}
.figures td.long,.figures th.long{white-space:normal;min-width:14rem;max-width:26rem;text-align:left}
.figures th.role{padding-top:1.1rem;font-weight:600;color:var(--muted)}
.figures tbody th{max-width:22rem;text-align:left}.differences thead th:nth-child(2){text-align:inherit}
figure{margin:1.6rem 0;min-width:0}
figcaption h3,figcaption h4{color:var(--ink);margin:0;font-family:var(--sans);font-size:1rem}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:0 2.4rem;align-items:start}
.scroll>svg{max-width:100%;height:auto;min-width:24rem}
svg{display:block;overflow:visible}
.legend{list-style:none;padding:0;margin:.8rem 0;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;font:400 .84rem/1.4 var(--sans)}
.legend li{display:flex;align-items:center;gap:.4rem}
.thick{stroke-width:5;opacity:.55}
.thin{stroke:var(--own);stroke-width:1;opacity:.5}
.plot .whisker,.plot .line{stroke:var(--own)}.plot .whisker{stroke-width:1.5;opacity:.55;fill:none}
.point{fill:var(--own);color:var(--own);stroke:var(--paper);stroke-width:1}
.zero{stroke:var(--muted);stroke-width:1.5;stroke-dasharray:3 3;fill:none}
rect.margin{fill:var(--band)}
.flows th,.flows td{border:0;padding:0 .8rem .3rem 0;vertical-align:middle}
.flows th[scope="row"]{max-width:9rem}
.aligned{width:100%;table-layout:fixed;font:.8rem/1.5 var(--mono);margin:1rem 0}
.aligned caption{font-family:var(--sans);color:var(--ink)}
.aligned th{font-family:var(--sans)}
.aligned td{white-space:pre-wrap;overflow-wrap:anywhere;padding:.2rem .7rem .2rem 0;vertical-align:top;border-bottom:1px solid var(--rule)}
.aligned .equal td{color:var(--muted)}
.aligned .gap td{text-align:center;color:var(--muted);font-style:italic;background:var(--raised)}
.prompts mark,.aligned mark{color:inherit;text-decoration-thickness:2px;text-underline-offset:.18em;box-decoration-break:clone;-webkit-box-decoration-break:clone}
mark.left{background:var(--del);text-decoration:underline dotted var(--bad)}
mark.right{background:var(--ins);text-decoration:underline solid var(--good)}
form{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:end;margin:.8rem 0;font:400 .9rem/1.4 var(--sans)}
label{display:grid;grid-template-columns:minmax(0,auto);gap:.15rem;max-width:100%}
select,form button{font:inherit;padding:.35rem .7rem;border:1px solid var(--muted);border-radius:.3rem;background:var(--paper);color:var(--ink);max-width:100%}
form button{cursor:pointer;font-weight:600}
.debate{border-bottom:1px solid var(--rule)}
.debate .turn,.side .turn{display:block;margin:.7rem 0 1rem;padding-left:.9rem;border-left:3px solid var(--rule)}
.debate .turn p,.side .turn p{white-space:pre-wrap;margin:.3rem 0}
.turn.steering,.turn.opening{border-left-style:dotted}
.reading{font:600 .84rem/1.5 var(--sans)}
.versus{display:grid;grid-template-columns:1fr 1fr;gap:0 1.8rem}
.versus>.side{min-width:0}
.heads{position:sticky;top:0;background:var(--paper);border-bottom:2px solid var(--ink);font:600 .84rem/1.4 var(--sans);z-index:1}
.arm-label{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
[hidden]{display:none}
@media screen and (max-width:48rem){.versus{grid-template-columns:1fr}.heads{position:static}.arm-label{position:static;width:auto;height:auto;clip-path:none;font:600 .8rem var(--sans);color:var(--muted)}}
@media print{table{font-size:8.5pt}.figures th,.figures td{padding-right:.6rem}.bar{width:150px;height:auto}caption{break-after:avoid}form,#reader-status,.debate,#debates>h3:last-of-type{display:none}#reader-head:not(:has(~#reader-stage:not([hidden]))){display:none}details:not([open]){display:none}.heads{position:static}.scroll>svg{max-width:100%;min-width:0;height:auto}figure,.verdict,tr,.debate .turn{break-inside:avoid}}
`;
