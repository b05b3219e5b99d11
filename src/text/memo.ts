/** The function with its last result kept, for as long as the fields of its argument stay the same. */
export function createMemo<Options extends object, Result>(
  make: (options: Options) => Result,
): (options: Options) => Result {
  let last: { options: Options; result: Result } | null = null;
  return (options) => {
    if (last && isSame(last.options, options)) return last.result;
    last = { options, result: make(options) };
    return last.result;
  };
}

function isSame<Options extends object>(one: Options, other: Options): boolean {
  const keys = Object.keys(other) as (keyof Options)[];
  return keys.every((key) => Object.is(one[key], other[key]));
}
