/**
 * How stands are put into sentences. `{x}` is what the speaker stands for; `{low}` and `{high}` are the wordings on either side of a
 * place between two, `{other}` the end that the place is farther from. In a tone and an attribution, `{other}` is the name of the other side.
 */
export interface Phrasing {
  /** Is it talk, or a list gone through in words close to the anchors'? A judge calibrated on the latter would flatter itself. */
  isTalk: boolean;
  /** What whole points mean in words: at an anchor, near it, or between two. */
  places: Record<'at' | 'near' | 'between', readonly string[]>;
  /** How a stand is taken; `{issue}` is the title, `{elsewhere}` another issue's, `{place}` one of the above. */
  acts: Record<'commit' | 'propose' | 'rhetoric', readonly string[]>;
  /** Taking back what was offered. */
  withdrawals: readonly string[];
  /** What the other side wants, `{theirs}`, said before one's own stand; none where nobody does that. */
  attributions: readonly string[];
  tones: Record<'plain' | 'friendly' | 'rude', readonly string[]>;
}
