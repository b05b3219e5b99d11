import type { InputOptions } from 'rolldown';

export declare const asShipped: InputOptions;
