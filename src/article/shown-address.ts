const secretName = /token|key|sig|secret|auth|pass|session|credential|code/i;
const trackingName = /^(utm_|fbclid|gclid|mc_)/i;

/** Longer values are signatures and sessions rather than the name of an article. */
const longestValue = 40;

/** An address fit for messages and journals: without name and password, fragment, tracking, and what may be a key. */
export function shownAddress(address: URL): string {
  const shown = new URL(address);
  shown.username = '';
  shown.password = '';
  shown.hash = '';
  for (const [name, value] of [...shown.searchParams]) {
    if (secretName.test(name) || trackingName.test(name) || value.length > longestValue)
      shown.searchParams.delete(name);
  }
  return shown.href;
}
