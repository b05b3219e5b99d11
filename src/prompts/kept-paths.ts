/** Where a set's files stand below prompts/, also beside a journal. */
export const keptPath = {
  scenario: (id: string, path: string) => `scenarios/${id}/${path}`,
  strategy: (id: string) => `strategies/${id}.md`,
  moderator: (name: string) => `moderator/${name}.md`,
  control: (id: string) => `controls/${id}.md`,
  poll: 'poll.md',
  /** The article of --article, as JSON, so that its passages come back exactly; takes the place of the scenario's own. */
  otherArticle: 'article.json',
};
