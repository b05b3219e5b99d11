/** Makes a function that works out a thing's text only once; the thing must never change. Nothing is kept alive by it. */
export function once<Thing extends object>(work: (thing: Thing) => string): (thing: Thing) => string {
  const kept = new WeakMap<Thing, string>();
  return (thing) => {
    const known = kept.get(thing) ?? work(thing);
    kept.set(thing, known);
    return known;
  };
}
