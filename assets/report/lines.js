// A figure under every variant, year by year, each line named at its end.
const LINES = 8;

/** The variants that are drawn: the one chosen and what it is compared with first, then as many as can be told apart. */
function drawnCases(cases, town, chosen) {
  const own = cases.filter((kase) => town < 0 || kase.towns.includes(town));
  const first = own.filter((kase) => kase === chosen || kase === cases[chosen.base]);
  const some = first.concat(own.filter((kase) => !first.includes(kase))).slice(0, LINES);
  return { drawn: own.filter((kase) => some.includes(kase)), of: own.length };
}

function linesChart(host, cases, town, figure, chosen) {
  const { drawn, of } = drawnCases(cases, town, chosen);
  const sets = drawn.map((kase) => ({ kase, colour: drawn.indexOf(kase), values: yearsOf(kase, town)[figure] }));
  const years = Array.from(new Set([].concat(...drawn.map((kase) => kase.years)))).sort((a, b) => a - b);
  const values = [].concat(...sets.map((set) => set.values));
  const unit = unitOf(Math.max(...values.map(Math.abs), 1));
  const c = canvas(host, 320, say(figure));
  const room = Math.min(c.width * 0.34, Math.max(...sets.map((set) => wide(set.kase.label))) + 16);
  const frame = { left: 58, right: c.width - room, top: 26, bottom: 288 };
  const marks = ticks(Math.min(0, ...values), Math.max(1, ...values), 5);
  const y = (fen) => frame.bottom - (fen - marks[0]) / (marks[marks.length - 1] - marks[0]) * (frame.bottom - frame.top);
  const band = (frame.right - frame.left) / years.length, x = (n) => frame.left + n * band;
  c.svg.append(text(0, 14, say(figure) + (D.lang === 'zh' ? '，' : ', ') + unit.name));
  amounts(c.svg, marks, y, frame.left, frame.right, unit);
  sets.forEach((set) => {
    const at = (n) => x(years.indexOf(set.kase.years[n])) + band / 2;
    const path = set.values.map((fen, n) => (n ? 'L' : 'M') + at(n) + ' ' + y(fen)).join('');
    c.svg.append(draw('path', { d: path, class: 'series c' + set.colour + (set.kase === chosen ? '' : ' faded') }));
    set.end = y(set.values[set.values.length - 1]);
  });
  endLabels(c.svg, sets, frame, chosen, room);
  yearLabels(c.svg, years, x, frame.bottom + 18, band);
  if (of > drawn.length) host.append(make('p', { class: 'second' }, say('lines_more', { n: drawn.length, all: of })));
  bands(c, years, x, band, frame.top, frame.bottom, (n) => [String(years[n]), sets.filter((set) => set.kase.years.includes(years[n])).map((set) => [set.kase.label, money(set.values[set.kase.years.indexOf(years[n])])])]);
}

// Names at the ends of their lines, pushed apart where they would touch; lines that end together share their order.
function endLabels(svg, sets, frame, chosen, room) {
  const order = sets.slice().sort((a, b) => a.end - b.end);
  const places = order.map((set) => set.end);
  for (let n = 1; n < places.length; n += 1) places[n] = Math.max(places[n], places[n - 1] + 15);
  const over = places.length ? Math.max(0, places[places.length - 1] - frame.bottom) : 0;
  for (let n = places.length - 1; n >= 0; n -= 1) places[n] = Math.min(places[n] - (n === places.length - 1 ? over : 0), n + 1 < places.length ? places[n + 1] - 15 : Infinity);
  order.forEach((set, n) => svg.append(text(frame.right + 8, places[n] + 4, cut(set.kase.label, room - 10), 'start', 't' + set.colour + (set.kase === chosen ? ' strong' : ''))));
}
