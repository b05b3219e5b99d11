import type { Article } from '../debate/events.ts';
import { failure, type Outcome } from '../debate/outcome.ts';
import type { Environment } from './environment.ts';

export async function readGivenArticle(given: string, _environment: Environment): Promise<Outcome<Article>> {
  return failure('not-yet', `${given} cannot be read yet.`);
}
