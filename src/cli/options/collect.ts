/** For options that may be given again. */
export const collect = (value: string, before: readonly string[] = []) => [...before, value];
