import { createHash } from 'node:crypto';
import type { Arm, Plan } from './plan.ts';

/** All that decides a debate besides its arm and the plan's settings. */
export interface DebateContent {
  place: { scenario: string; article: string; castOrder: string };
  /** Fingerprint of the prompt files. */
  prompts: string;
  repeat: number;
  seed: number;
}

/**
 * The name of a debate's run, from a hash of what decides it: the same debate has the same id in every plan, so that a
 * run goes on where it stopped and shared debates are held once. Limits on money and the names of plan and arm decide nothing.
 */
export function debateId(plan: Plan, arm: Arm, content: DebateContent): string {
  const { budgetUsd, budgetTokens, ...settings } = plan.settings;
  const models = [arm.model, Object.entries(arm.models).sort(), plan.judge];
  const { place, prompts, repeat, seed } = content;
  const whole = [place.scenario, place.article, place.castOrder, prompts, models, settings, repeat, seed];
  const hash = createHash('sha256').update(JSON.stringify(whole)).digest('hex').slice(0, 16);
  return [slug(place.scenario, 40), slug(arm.strategy, 30), hash].filter(Boolean).join('-');
}

/** The last part of a path or id as lower-case words, for people who look into the folder. */
function slug(reference: string, most: number): string {
  const last = reference.replace(/\.md$/, '').split(/[/\\]/).filter(Boolean).at(-1) ?? '';
  const words = last.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.join('-').slice(0, most).replace(/-$/, '');
}
