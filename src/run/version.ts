declare const __PARLEY_VERSION__: string | undefined;

/** Version of parley, put in by the build. */
export const version = typeof __PARLEY_VERSION__ === 'string' ? __PARLEY_VERSION__ : '0.0.0-source';
