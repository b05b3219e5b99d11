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
