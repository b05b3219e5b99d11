/**
 * How many independent debates a clustered sample of yes-or-no outcomes is worth: share (1 - share) / standard error², Kish's effective
 * sample size (1965), never more than the debates there are. Where every debate ended alike there is no spread to
 * go by, and each article counts once.
 */
export function effectiveCount(
  share: number,
  standardError: number | null,
  counts: { debates: number; articles: number },
): number {
  const { debates, articles } = counts;
  const spread = share * (1 - share);
  if (spread <= 0 || standardError === null || standardError === 0) return Math.min(debates, articles);
  return Math.min(debates, spread / (standardError * standardError));
}
