const issue = (id: string, importance: number) => ({
  id,
  title: id.replace('-', ' '),
  question: `What becomes of the ${id}?`,
  importance,
  anchors: {
    low: `all of the ${id} stays with the farm`,
    middle: `half of the ${id} is shared by turns`,
    high: `none of the ${id} is left to the farm`,
  },
  passages: [2],
  reason: `The article leaves the ${id} open.`,
});
export const persona = (id: string, principal: boolean, position: number) => ({
  id,
  name: `The ${id}`,
  short: id,
  principal,
  openness: 0.3,
  opening: [{ issue: 'dry-half', position }],
  redLines: [{ issue: 'dry-half', min: 0, max: 6, text: 'We stay on the meadow.' }],
  role: `You speak for the ${id}.`,
  interests: ['A lease that lasts longer than a summer.', 'Neighbours who still greet each other.'],
  voice: 'You speak plainly.',
  arguments: [
    {
      issue: 'dry-half',
      points: [`The ${id} has been there since 1994 [P2].`, 'Hay does not wait for a meeting.'],
    },
    { issue: 'wet-half', points: ['Storks came in two of three springs [P3].'] },
  ],
  offers: [{ issue: 'dry-half', points: ['We could share it after the first cut.'] }],
});
/** A draft of a scenario as a model gives it, without a fault. */
export const draft = {
  title: 'The meadow below the mill',
  summary: 'A council leases a meadow again.',
  agenda: [issue('dry-half', 7), issue('wet-half', 5), issue('lease-term', 3)],
  cast: [
    persona('council', true, 5),
    persona('farmer', true, 0),
    persona('cyclist', false, 6),
    persona('birdwatcher', false, 2),
  ],
};
