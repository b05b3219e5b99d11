/** Base forms of verbs that agendas use, to tell "inspectors enter every site" from "full access for inspectors". */
const commonVerbs: ReadonlySet<string> = new Set(
  `accept account act add adjust adopt admit agree aim allow amount answer apply appoint approve arrive ask assume attend
  audit avoid ban base bear become begin belong bind block borrow break bring build buy call cancel carry cause cease
  certify change charge check choose claim clear close collect combine come commit compensate complete comply concede
  conduct confirm consent consult contain continue contribute control convene cost count cover create cross cut decide
  declare defer deliver demand deny depend deploy destroy determine develop disarm dismantle divide do draw drive drop
  earn ease elect employ end enforce enjoy ensure enter establish examine exceed exclude exempt exist expand expect
  expire export extend face fail fall favour file fill finance finish fix fly follow forbid forswear freeze fund gain get
  give go govern grant grow guarantee hand handle halt happen help hire hold honour host import impose include increase
  inform insist inspect install introduce invest invite issue join keep know last launch lead learn leave lend let lie
  lift limit link list live load look lose lower maintain make manage mark match mean measure meet merge monitor move
  name need negotiate notify observe obtain occur offer open operate order overlap own pass patrol pause pay permit
  phase pick place plan plant play pledge precede prepare present preserve prevent proceed process produce prohibit
  promise prove provide publish pull purchase push put raise reach read rebuild receive recognise recognize record
  recover reduce refrain refund refuse register regulate reject release rely remain remove renew rent repair repay
  repeal repeat replace report request require reserve reset reside resign resume retain retire return reveal review
  revise ring rise rule run say scale scrap seek sell send separate serve set settle share shift show shrink shut sign
  sit snap speak spend split spread stand start state stay steer stop strike submit suffer supply support surrender
  suspend swap switch take taper teach tear tell test tighten total touch track trade train transfer travel treat
  trigger turn undergo undertake use vacate verify visit vote wait want warn watch wear withdraw withhold work`.split(
    /\s+/,
  ),
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
