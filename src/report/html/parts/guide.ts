import { html, type Markup } from '../../../html/markup.ts';

/** What the figures mean and how they come about, for someone who has never seen parley. */
export function guideSection(): Markup {
  return html`<section id="guide" aria-labelledby="guide-h">
<h2 id="guide-h">How to read the figures</h2>
<dl class="guide">
<div><dt>Position</dt><dd>Where a speaker stands on an issue, 0 to 6, at its latest word. A judge reads it with names hidden, speakers and issues shuffled, and in half of its readings with the scale upside down. The number shown is the median over its readings. It must quote the speaker; code looks the quote up in the speaker’s own turn and throws the reading away where it is not found.</dd></div>
<div><dt>–</dt><dd>No position. Fewer than half of the readings carry a quote that holds, or they lie more than 2 points apart (interquartile), or nothing was said. A missing position never counts for or against.</dd></div>
<div><dt>C</dt><dd>The convergence of those who could sign, 0 to 1. On each issue it is 1 less the mean distance between each two of them, divided by 6; over the agenda it is the mean by the issues’ weights. Nobody is asked for a score: code computes it from the positions. Where fewer than two are named as able to sign, everyone counts.</dd></div>
<div><dt>Interval</dt><dd>How far C would wander if the same words were read again: 95%, by a bootstrap over the readings. It holds the noise of reading, not a bias that all readings share.</dd></div>
<div><dt>Coverage</dt><dd>The share of the agenda’s weight on which all who could sign took a stand. Below 70% there is no C.</dd></div>
<div><dt>Least issue</dt><dd>C on the issue where they are furthest apart.</dd></div>
<div><dt>Noise-corrected</dt><dd>C from squared distances of mean readings, less what the readings’ own scatter adds.</dd></div>
<div><dt>Movement</dt><dd>How much nearer a speaker came to where another one began, as a share of the scale. The other’s beginning and not its present stand, so that nobody is credited with what the other gave.</dd></div>
<div><dt>Hollow</dt><dd>They sound agreed, but C has not risen and nobody is quoted with a commitment that the other side could take.</dd></div>
<div><dt>Low confidence</dt><dd>Something about the reading itself gives reason for doubt; the warning says what.</dd></div>
</dl>
</section>`;
}
