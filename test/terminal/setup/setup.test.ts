import { afterEach, describe, expect, it } from 'vitest';
import { createSetup, type SetupOptions } from '../../../src/terminal/setup/create-setup.ts';
import { scrollableRows, setupRows } from '../../../src/terminal/setup/setup-rows.ts';
import { initialSetup, type SetupChoice, setupAfter } from '../../../src/terminal/setup/setup-state.ts';
import { VirtualTerminal } from '../../helpers/virtual-terminal.ts';

const offer = {
  scenarios: [
    {
      id: 'reservoir',
      title: 'Who gets the water?',
      summary: 'Four neighbours and a reservoir at a third of its level.',
      article: {
        title: 'The reservoir is low',
        origin: 'The Valley Gazette',
        passages: ['It stood at 34 percent.'],
      },
      cast: [
        { name: 'River authority', isPrincipal: true },
        { name: 'Anglers’ club', isPrincipal: false },
      ],
      issues: ['Summer release', 'Metering'],
    },
    {
      id: 'school',
      title: 'When does school begin?',
      summary: 'Parents and a bus company.',
      article: {
        title: 'Later\u001b]0;t\u0007 mornings\nproposed',
        origin: '',
        passages: ['Nine instead of eight.'],
      },
      cast: [{ name: 'Parents', isPrincipal: true }],
      issues: ['First bell'],
    },
  ],
  strategies: [
    { id: 'plain', title: 'Plain', summary: 'Say what you want.' },
    { id: 'mutual-gains', title: 'Mutual gains', summary: 'Look for trades.' },
  ],
  models: [
    { spec: 'simulator', note: 'needs no key' },
    { spec: 'openai:gpt-5-mini', note: 'OPENAI_API_KEY is set' },
  ],
};

class Setup {
  readonly terminal: VirtualTerminal;
  readonly asked: SetupChoice[] = [];
  readonly chosen: Promise<SetupChoice | null>;

  constructor(columns: number, rows: number, options: Partial<SetupOptions> = {}) {
    this.terminal = new VirtualTerminal(columns, rows);
    this.chosen = createSetup({
      ...offer,
      stdin: this.terminal.stdin as unknown as NodeJS.ReadStream,
      stdout: this.terminal.stdout,
      theme: 'dark',
      color: '256',
      estimate: async (choice) => {
        this.asked.push(choice);
        const calls = choice.rounds * 9;
        return { calls, tokens: calls * 1500, costUsd: choice.model === 'simulator' ? 0 : calls * 0.002 };
      },
      ...options,
    });
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) {
      this.terminal.stdin.write(key);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async until(wanted: string): Promise<string> {
    for (let attempt = 0; attempt < 300; attempt++) {
      const screen = (await this.terminal.screen()).join('\n');
      if (screen.includes(wanted)) return screen;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`never on the screen: ${wanted}\n${(await this.terminal.screen()).join('\n')}`);
  }
}

const open: Setup[] = [];
const setUp = (...args: ConstructorParameters<typeof Setup>) => {
  const setup = new Setup(...args);
  open.push(setup);
  return setup;
};
afterEach(async () => {
  for (const setup of open.splice(0)) {
    setup.terminal.stdin.write('q');
    await setup.chosen.catch(() => {});
  }
});

describe('setting up a debate', () => {
  it.each([
    [40, 10],
    [60, 18],
    [80, 24],
  ])(
    'shows at %ix%i every choice, what it would take, the keys, and that a simulator speaks',
    async (columns, rows) => {
      const setup = setUp(columns, rows);
      const screen = await setup.until('54 calls');
      for (const text of ['scenario', 'strategy', 'model', 'rounds', 'tokens', 'Enter begin', 'SIMULATED']) {
        expect(screen).toContain(text);
      }
      expect(screen.split('\n')).toHaveLength(rows);
    },
  );

  it('shows what is chosen, its article and cast, and what it would take', async () => {
    const setup = setUp(100, 30);
    const screen = await setup.until('54 calls, about 81.0k tokens, about $0.00');
    expect(screen).toContain('Who gets the water?');
    expect(screen).toContain('“The reservoir is low”');
    expect(screen).toContain('[P1] It stood at 34 percent.');
    expect(screen).toContain('River authority  could sign');
    expect(screen).toContain('SIMULATED: not a language model');
  });

  it('gives back what was chosen, and the screen', async () => {
    const setup = setUp(100, 30);
    await setup.until('54 calls');
    await setup.press('\u001b[C', '\u001b[B', '\u001b[C', '\t', '\u001b[C', 'j', '-', '-');
    const screen = await setup.until('36 calls, about 54.0k tokens, about $0.0720');
    expect(screen).toContain('OPENAI_API_KEY is set');
    await setup.press('\r');
    expect(await setup.chosen).toEqual({
      scenario: 'school',
      strategy: 'mutual-gains',
      model: 'openai:gpt-5-mini',
      rounds: 4,
    });
    await setup.terminal.settled();
    expect(setup.terminal.isAlternate).toBe(false);
    expect(setup.terminal.stdin.isRaw).toBe(false);
  });

  it('gives nothing back where the person leaves', async () => {
    const setup = setUp(80, 24);
    await setup.until('54 calls');
    await setup.press('q');
    expect(await setup.chosen).toBeNull();
  });

  it('says why there is no estimate', async () => {
    const setup = setUp(100, 30, {
      estimate: () => Promise.reject(new Error('the price list is not there')),
    });
    await setup.until('the price list is not there');
  });

  it('shows titles on one line and without what acts on a terminal', async () => {
    const setup = setUp(100, 30);
    await setup.until('54 calls');
    await setup.press('\u001b[C');
    await setup.until('“Later mornings proposed”');
  });

  it('fits a small screen', async () => {
    const setup = setUp(40, 10);
    const screen = await setup.until('Who gets the water?');
    expect(screen.split('\n')).toHaveLength(10);
  });
});

describe('the keys of the set-up', () => {
  const long = {
    ...offer,
    scenarios: offer.scenarios.map((scenario) => ({
      ...scenario,
      article: {
        ...scenario.article,
        passages: Array.from({ length: 30 }, (_, at) => `Passage of words ${at + 1}.`),
      },
    })),
  };
  const size = { columns: 80, rows: 24 };
  const pressing = (keys: readonly string[]) => {
    let state = initialSetup(long, {});
    let end: string | undefined;
    for (const name of keys) {
      const most = scrollableRows(state, long, size);
      const step = setupAfter(state, { name, input: name.length === 1 ? name : '' }, long, most);
      state = step.state;
      end = step.end;
    }
    const rows = setupRows(state, long, 'pending', size).map((row) => row.map(({ text }) => text).join(''));
    return { state, end, rows, text: rows.join('\n') };
  };

  it('scroll the preview to its end and no further, and say that there is more', () => {
    expect(pressing([]).text).toContain('↓ more: PgDn');
    const down = Array.from({ length: 20 }, () => 'pagedown');
    const last = pressing(down);
    expect(last.text).toContain('Passage of words 30.');
    expect(last.text).not.toContain('↓ more');
    expect(pressing([...down, 'pageup']).state.scroll).toBe(last.state.scroll - 5);
    expect(pressing([...down, 'right']).state.scroll).toBe(0);
  });

  it('are shown by ? and listed by :, from where they work', () => {
    const help = pressing(['?']);
    expect(help.text).toContain('read on in the preview');
    expect(help.rows).toHaveLength(24);
    expect(pressing(['?', 'escape']).state.over).toBeNull();
    expect(pressing(['?', 'escape']).end).toBeUndefined();
    expect(pressing([':', 'w', 'i', 't', 'h', 'o', 'u', 't', 'return']).end).toBe('leave');
    expect(pressing(['ctrl+c']).end).toBe('leave');
    expect(pressing(['?', 'ctrl+c']).end).toBe('leave');
  });

  it('fit every size', () => {
    for (const columns of [30, 60, 80, 200])
      for (const rows of [4, 10, 15, 24]) {
        const { state } = pressing(['?']);
        expect(setupRows(state, long, 'pending', { columns, rows }).length).toBeLessThanOrEqual(rows);
      }
  });
});
