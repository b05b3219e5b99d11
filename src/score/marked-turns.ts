import { addWords, type ForeignTurn, joinedTurns, type TranscriptReader } from './foreign-turns.ts';

/** Roles and tags by which a language model's prompt is written down: ChatML, Llama, Mistral's and Gemma's kin. */
const promptHead =
  /<\|im_start\|>([\w -]{1,40})\n|<\|start_header_id\|>([\w -]{1,40})<\|end_header_id\|>\s{0,4}|<start_of_turn>([\w -]{1,40})\n|<\|(user|assistant|system)\|>\s{0,4}|^<(user|assistant|human|ai|system|model|bot)>\s{0,4}|^(?:<s>)?(\[INST\])|(\[\/INST\])/gim;
const promptEnd =
  /<\|(?:im_end|eot_id|end|end_of_text|begin_of_text|endoftext)\|>|<end_of_turn>|<\/?s>|<\/(?:user|assistant|human|ai|system|model|bot)>|<<SYS>>[\s\S]{0,20000}?<<\/SYS>>/gi;
const roleOf: Record<string, string> = { '[INST]': 'user', '[/INST]': 'assistant' };

/** Lines by which consoles of agents part messages: who speaks stands in the line, or below it. */
const consoleHead =
  /^(?:-{3,20}|={3,20}|\*{3,20}) (?:\w{1,40} \()?((?!(?:turn|speech|round)\s{0,2}#?\d)[^()\n]{1,60}?)\)? (?:-{3,20}|={3,20}|\*{3,20})$/i;
const prettyHead = /^={6,60} (\w{1,20}) Message ={6,60}$/;

/** Elements of records in XML: who speaks is an attribute or an element inside. */
const speechElement =
  /<(speech|u|sp|turn|utterance|message|said|p(?=[^<>]{0,300}ttm:agent))(?=[\s>])([^<>]{0,600})>/g;

function* speechElements(text: string): Generator<{ attributes: string; body: string; index: number }> {
  const opening = new RegExp(speechElement);
  for (let found = opening.exec(text); found; found = opening.exec(text)) {
    const end = text.indexOf(`</${found[1]}>`, opening.lastIndex);
    if (end < 0) return;
    yield { attributes: found[2] ?? '', body: text.slice(opening.lastIndex, end), index: found.index };
    opening.lastIndex = end;
  }
}

function withoutTags(xml: string): string {
  return xml
    .replace(/<[^<>]{0,600}>/g, ' ')
    .replace(
      /&(lt|gt|quot|apos|amp);/g,
      (_, name: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'" })[name] ?? '&',
    )
    .replace(/\s+/g, ' ')
    .trim();
}

function lineCounter(text: string): (at: number) => number {
  let [line, seen] = [1, 0];
  return (at) => {
    for (; seen < at; seen++) if (text.charCodeAt(seen) === 10) line += 1;
    return line;
  };
}

/** Cuts a text at heads of which one group is who speaks. */
function cutAt(text: string, heads: RegExp): ForeignTurn[] {
  const found = [...text.matchAll(heads)];
  const lineAt = lineCounter(text);
  return found.map((head, place) => ({
    speaker:
      head
        .slice(1)
        .find((group) => group !== undefined)
        ?.trim() ?? '',
    text: text.slice(head.index + head[0].length, found[place + 1]?.index ?? text.length),
    line: lineAt(head.index),
    round: null,
  }));
}

const prompt: TranscriptReader = {
  as: 'prompt',
  name: 'a prompt with role tags',
  recognises: (text) => cutAt(text.slice(0, 200_000), promptHead).length >= 2,
  read: (text) =>
    joinedTurns(
      cutAt(text, promptHead)
        .filter(({ speaker }) => !/^(?:system|developer|tool|ipython)$/i.test(speaker))
        .map((turn) => ({
          ...turn,
          speaker: roleOf[turn.speaker] ?? turn.speaker,
          text: turn.text.replace(promptEnd, '').trim(),
        })),
    ),
};

const agents: TranscriptReader = {
  as: 'console',
  name: 'messages of agents on a console',
  recognises: (text) =>
    text.split('\n', 2000).filter((line) => consoleHead.test(line) || prettyHead.test(line)).length >= 2,
  read(text) {
    const turns: ForeignTurn[] = [];
    const lines = text.split('\n');
    for (const [index, line] of lines.entries()) {
      const head = line.length > 200 ? null : (consoleHead.exec(line) ?? prettyHead.exec(line));
      const name = head ? /^Name: (\S.{0,59})$/.exec(lines[index + 1] ?? '')?.[1] : undefined;
      if (head) turns.push({ speaker: name ?? head[1] ?? '', text: '', line: index + 1, round: null });
      else if (/^Name: /.test(line) && turns.at(-1)?.line === index) continue;
      else addWords(turns, '', line, index + 1, false);
    }
    return joinedTurns(turns.filter(({ speaker }) => !/^(?:system|tool|ToolCall\w+)$/i.test(speaker)));
  },
};

const xml: TranscriptReader = {
  as: 'xml',
  name: 'a record in XML (TEI, Hansard, TTML)',
  recognises: (text) =>
    /^\s*<(?:\?xml|TEI|publicwhip|akomaNtoso|speech|u|sp|tt|turn|utterance|message|said)\b/.test(
      text.slice(0, 400),
    ),
  read(text) {
    const lineAt = lineCounter(text);
    // Captions in XML name their voices once, above.
    const voices = new Map(
      [
        ...text.matchAll(/xml:id="([^"<>]{1,60})"[^<>]{0,200}>\s{0,80}<ttm:name[^<>]{0,80}>([^<>]{1,60})</g),
      ].map(([, id, name]) => [id, name]),
    );
    const turns = [...speechElements(text)].flatMap(({ attributes, body, index }): ForeignTurn[] => {
      const inside = /<(speaker|from)\b[^<>]{0,200}>([\s\S]{1,300}?)<\/\1>/.exec(body.slice(0, 2000));
      const attribute =
        /\b(?:speakername|speaker|who|by|name|role|from|ttm:agent)\s?=\s?"#?([^"]{1,60})"/.exec(
          attributes,
        )?.[1];
      const speaker = inside ? withoutTags(inside[2] ?? '') : (attribute ?? '');
      const words = withoutTags(inside ? body.replace(inside[0], '') : body);
      return speaker === ''
        ? []
        : [
            {
              speaker: voices.get(speaker) ?? speaker.replace(/[.:]$/, ''),
              text: words,
              line: lineAt(index),
              round: null,
            },
          ];
    });
    return joinedTurns(turns);
  },
};

const tier = /^\*([A-Z0-9]{2,12}):[\t ]+/;

/** CHAT of TalkBank: main lines begin with an asterisk, what was found out about them with a percent sign. */
const chat: TranscriptReader = {
  as: 'chat',
  name: 'CHAT (TalkBank)',
  recognises: (text) => text.split('\n', 400).filter((line) => tier.test(line)).length >= 2,
  read(text) {
    const turns: ForeignTurn[] = [];
    let isSaid = false;
    for (const [index, line] of text.split('\n').entries()) {
      const head = tier.exec(line);
      if (head || /^[@%]/.test(line)) isSaid = head !== null;
      if (head) addWords(turns, head[1] ?? '', line.slice(head[0].length), index + 1);
      else if (isSaid && line.trim() !== '') addWords(turns, '', line.trim(), index + 1, false);
    }
    return turns;
  },
};

export const markedReaders = [xml, chat, prompt, agents];
