/** Base forms of verbs that agendas use, to tell "inspectors enter every site" from "full access for inspectors". */
const commonVerbs: ReadonlySet<string> = new Set(
  `accept admit agree allow apply approve ask back ban become begin belong bring build buy carry cease change charge
  check choose close collect come commit complete continue control cost cover create cut decide declare demand depend
  dismantle do drop earn ease end enforce enter expand expire fall finance fix fly follow forswear freeze fund get give
  go govern grant grow guarantee halt happen hold import include increase invest keep last lead leave let lie lift
  limit lose make meet monitor move need offer open own pause pay permit phase place plan plant pledge precede produce
  prohibit promise protect provide publish put raise receive recognise recognize reduce refuse remain remove renew
  repeat replace require reserve reset resign resume retain retire return review ring rise rule run scrap sell send
  serve set share shrink shut sign sit snap speak spend split stand start stay stop suspend swap switch take taper
  tear tell test tighten trade transfer trigger triple turn use verify vote wait withdraw work`.split(/\s+/),
);

/** Is a lower-case word the base form of one of these verbs, or its form in -s? */
export function isVerb(word: string): boolean {
  if (commonVerbs.has(word)) return true;
  if (!word.endsWith('s') || word.endsWith('ss')) return false;
  return (
    commonVerbs.has(word.slice(0, -1)) ||
    commonVerbs.has(word.slice(0, -2)) ||
    commonVerbs.has(word.replace(/ies$/, 'y'))
  );
}
