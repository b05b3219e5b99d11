import { z } from 'zod';

/** The ends of every issue's scale. */
export const scale = { low: 0, high: 6 } as const;

export const identifierSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, such as sanctions-relief')
  .max(64);

/** A stand on one issue, 0..6; medians over samples may fall between whole numbers. */
export const positionSchema = z.number().min(scale.low).max(scale.high);

/** What stands at 0, 3 and 6 of an issue's scale, in words. */
const anchorsSchema = z.strictObject({
  0: z.string().min(1),
  3: z.string().min(1),
  6: z.string().min(1),
});

/** One thing that is negotiated. */
export const issueSchema = z.strictObject({
  id: identifierSchema,
  title: z.string().min(1),
  /** What is to be decided, as one question. */
  question: z.string().min(1),
  /** Share of the convergence index, 0..1; an agenda's weights sum to 1. */
  weight: z.number().min(0).max(1),
  anchors: anchorsSchema,
  /** Numbers of the passages that the issue rests on. */
  passages: z.array(z.int().positive()),
});

export const agendaSchema = z.array(issueSchema).min(1).max(12);

/** A bound that a persona will not cross on one issue: its position must stay within min..max. */
export const redLineSchema = z.strictObject({
  issue: identifierSchema,
  min: positionSchema.default(scale.low),
  max: positionSchema.default(scale.high),
  /** The red line in words, as the persona would say it. */
  text: z.string().min(1),
});

/** One numbered piece of the article, cited as [P3]. Numbers start at 1. */
export const passageSchema = z.strictObject({
  number: z.int().positive(),
  text: z.string().min(1),
  /** Where in its source it stands, such as "page 3" or "report.pdf, page 3". Absent in articles of one page. */
  place: z.string().min(1).optional(),
});

export type Issue = z.infer<typeof issueSchema>;
export type Agenda = z.infer<typeof agendaSchema>;
export type RedLine = z.infer<typeof redLineSchema>;
export type Passage = z.infer<typeof passageSchema>;
