import type { Debate } from '../../debate/debate.ts';
import { rowsOfItem } from './exchange.ts';
import { footerRows } from './footer.ts';
import { labelOf, labelWithin, marksOf } from './labels.ts';
import type { Layout } from './layout.ts';
import { overlayRows } from './overlay/overlay.ts';
import { createPainter } from './paint.ts';
import { convergenceLine } from './panel/convergence.ts';
import type { Screen } from './screen.ts';
import { scrolledOf } from './scrolled.ts';
import { justified, type Row, rowWidth, span } from './span.ts';

/** Rows of the turn under way that stay in sight above the status. */
const mostLive = 8;

/**
 * The live area of the inline screen: the end of the turn under way, the gauge and the status. Finished turns are
 * above it, on the normal screen. Always lower than the screen, or it would flood the scrollback.
 */
export function createInlineFrame(theme: Screen['theme']): (screen: Screen) => string[] {
  const paint = createPainter(theme);
  return (screen) => {
    const { feed, view, isAnimated } = screen;
    const { columns } = view;
    const room = Math.max(1, view.rows - 1);
    const layout: Layout = {
      columns,
      rows: room,
      header: 0,
      footer: room >= 12 ? 3 : 1,
      gauge: 1,
      exchange: { columns, rows: Math.max(0, room - 4) },
      panel: null,
    };
    const over = overlayRows({
      overlay: view.overlay,
      debate: feed.debate,
      place: screen,
      columns,
      rows: Math.min(16, layout.exchange.rows),
      found: '',
    });
    const scrolled = scrolledOf(feed, view, columns, isAnimated);
    const live = scrolled?.live ? rowsOfItem({ ...scrolled, entries: [] }, 0) : [];
    const gauge: Row[] = feed.debate ? [gaugeRow(feed.debate, columns, layout.footer === 1)] : [];
    const rows = [...live.slice(-mostLive), ...over, ...gauge, ...footerRows(screen, layout)];
    return rows.slice(-room).map((row) => paint(row, columns));
  };
}

/** The gauge, and beside it that the words are simulated: what said so at the start has scrolled away. */
function gaugeRow(debate: Debate, columns: number, isBare: boolean): Row {
  const label = isBare ? labelOf(debate, Math.floor(columns / 2)) : marksOf(debate, columns >= 100);
  const room = columns - rowWidth(label) - 1;
  if (room < leastGauge) return [span(' '), ...(isBare ? labelWithin(debate, columns - 1) : label)];
  return justified(convergenceLine(debate, room), label, columns);
}

const leastGauge = 12;
