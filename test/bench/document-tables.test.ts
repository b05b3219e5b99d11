import { expect, test } from 'vitest';
import { section, withTables } from '../../bench/document-tables.ts';

const document = '# A\n\n<!-- bench -->\n\nold words\n\n<!-- /bench -->\n\nend\n';
const titles = ['One', 'Two', 'Three'];

function written(to: string, title: string, measured: string): string {
  return withTables(to, new Map([[title, section(title, measured, `| ${measured} |`)]]), titles);
}

test('a part that is measured takes the place of its table, and the others stay as they were', () => {
  const two = written(written(document, 'Two', 'monday'), 'One', 'tuesday');
  expect(two.indexOf('**One**, tuesday')).toBeLessThan(two.indexOf('**Two**, monday'));
  const again = written(two, 'Two', 'friday');
  expect(again).toContain('**One**, tuesday\n\n| tuesday |');
  expect(again).toContain('**Two**, friday\n\n| friday |');
  expect(again).not.toContain('monday');
  expect(again).not.toContain('old words');
  expect(again.endsWith('<!-- /bench -->\n\nend\n')).toBe(true);
});

test('a table with a dollar sign comes out as it is', () => {
  expect(written(document, 'One', '$1 and $&')).toContain('| $1 and $& |');
});

test('a document without a place for the tables is refused', () => {
  expect(() => withTables('# A\n', new Map(), titles)).toThrow('no place for the benchmark');
});
