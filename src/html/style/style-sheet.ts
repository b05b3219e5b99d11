import { colours } from './colours.ts';
import { debate } from './debate.ts';
import { measures } from './measures.ts';
import { typography } from './typography.ts';

export const styleSheet = [colours, typography, measures, debate].join('');
