/** All the page's script: it only adds to what works without. Opens and closes the evidence, and tells in the rail where the reader is. */
export const script = `
const all = [...document.querySelectorAll('details.evidence')];
const button = document.getElementById('open-all');
if (button && all.length > 0) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const open = !all.every((one) => one.open);
    for (const one of all) one.open = open;
    button.textContent = open ? 'Close all evidence' : 'Open all evidence';
  });
}
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const closed = target && target.closest('details:not([open])');
  if (closed) { closed.open = true; target.scrollIntoView(); }
};
addEventListener('hashchange', reveal);
reveal();
const links = new Map([...document.querySelectorAll('.rail a')].map((link) => [link.hash.slice(1), link]));
const watch = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (!isIntersecting) continue;
    for (const link of links.values()) link.removeAttribute('aria-current');
    links.get(target.id)?.setAttribute('aria-current', 'location');
  }
}, { rootMargin: '-10% 0px -80% 0px' });
for (const id of links.keys()) {
  const section = document.getElementById(id);
  if (section) watch.observe(section);
}
`;
