interface Element {
  tagName: string;
  id: string;
  textContent: string;
  outerHTML: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): Element | null;
  closest(selector: string): Element | null;
}
interface Document {
  title: string;
  documentElement: Element;
  getElementById(id: string): Element | null;
  querySelectorAll(selector: string): Iterable<Element>;
}
declare const document: Document;

/**
 * Runs in a page: what a screen reader would meet without a name, a caption, a scope or its place in the outline.
 * `landmarks` are selectors of what must be there once.
 */
export function unnamedElements(landmarks: readonly string[]): string[] {
  const faults: string[] = [];
  const all = (selector: string) => [...document.querySelectorAll(selector)];
  const labelled = (one: Element) =>
    (one.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join('');
  const nameOf = (one: Element) =>
    (one.getAttribute('aria-label') ?? (labelled(one) || one.textContent)).trim();
  const fault = (what: string, one: Element) => faults.push(`${what}: ${one.outerHTML.slice(0, 120)}`);

  if (document.title.trim() === '') faults.push('no title');
  if (!document.documentElement.getAttribute('lang')) faults.push('no language');
  for (const one of all('a, button, summary')) if (nameOf(one) === '') fault('no name', one);
  for (const one of all('svg')) {
    const isHidden = one.closest('[aria-hidden="true"]') !== null;
    if (!isHidden && (one.getAttribute('role') !== 'img' || !one.getAttribute('aria-label')))
      fault('no label', one);
  }
  for (const one of all('nav, main section, aside, [role="region"], article')) {
    if (!one.getAttribute('aria-label') && labelled(one).trim() === '') fault('no label', one);
  }
  for (const one of all('table'))
    if (!one.querySelector('caption')?.textContent.trim()) fault('no caption', one);
  for (const one of all('th')) if (!one.getAttribute('scope')) fault('no scope', one);
  for (const one of all('[tabindex]'))
    if (Number(one.getAttribute('tabindex')) > 0) fault('own tab order', one);
  if (all('h1').length !== 1) faults.push(`${all('h1').length} first headings`);
  let level = 1;
  for (const one of all('h1, h2, h3, h4')) {
    const next = Number(one.tagName.slice(1));
    if (next > level + 1) fault(`heading skips from ${level} to ${next}`, one);
    if (one.textContent.trim() === '') fault('empty heading', one);
    level = next;
  }
  for (const selector of landmarks) if (all(selector).length !== 1) faults.push(`not one ${selector}`);
  return faults;
}
