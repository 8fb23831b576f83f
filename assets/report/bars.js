// Bars: who retains more or less, who gets each 100 yuan, the county against its three guarantees.
const MOST_BARS = 24;

/** Retained funds against the variant compared with, most first. */
function changeChart(host, rows, pick) {
  host.textContent = '';
  const changed = rows.filter((row) => row.change !== 0).sort((a, b) => Math.abs(b.change) - Math.abs(a.change)).slice(0, MOST_BARS).sort((a, b) => b.change - a.change);
  if (!changed.length) return false;
  const c = canvas(host, changed.length * 24 + 8, say('change_title'));
  const most = Math.max(...changed.map((row) => Math.abs(row.change)));
  const left = Math.min(c.width * 0.28, Math.max(...changed.map((row) => wide(row.name))) + 14);
  const both = changed[0].change > 0 && changed[changed.length - 1].change < 0;
  const label = Math.max(...changed.map((row) => wide(spoken(row.change)))) + 16;
  const room = c.width - left - label * (both ? 2 : 1);
  const zero = left + (changed[changed.length - 1].change < 0 ? label + (both ? room / 2 : room) : 0);
  const scale = (both ? room / 2 : room) / most;
  changed.forEach((row, n) => {
    const y = n * 24 + 4, width = Math.max(1, Math.abs(row.change) * scale), more = row.change > 0;
    const group = draw('g', { class: 'heat-row' }, [
      text(left - 8, y + 13, cut(row.name, left - 10), 'end'),
      draw('rect', { x: more ? zero : zero - width, y, width, height: 17, class: more ? 'up' : 'down' }),
      text(more ? zero + width + 6 : zero - width - 6, y + 13, (more ? '+' : '') + spoken(row.change), more ? 'start' : 'end'),
    ]);
    group.addEventListener('click', () => pick(row.town));
    c.svg.append(group);
  });
  c.svg.append(draw('line', { x1: zero, x2: zero, y1: 0, y2: changed.length * 24 + 4, class: 'axis' }));
  return true;
}

/** Of each 100 yuan raised, what each level gets, a bar a variant. */
function levelsChart(host, cases) {
  const c = canvas(host, cases.length * 30 + 4, say('levels_title'));
  const left = Math.min(c.width * 0.28, Math.max(...cases.map((kase) => wide(kase.label))) + 14);
  const keys = [];
  cases.forEach((kase, row) => {
    const all = total(kase.levels.map((level) => Math.max(0, level[1])));
    c.svg.append(text(left - 8, row * 30 + 19, cut(kase.label, left - 10), 'end'));
    let x = left;
    kase.levels.forEach((level) => {
      const share = all ? Math.max(0, level[1]) / all : 0, width = share * (c.width - left);
      if (!width) return;
      if (!keys.includes(level[0])) keys.push(level[0]);
      const words = (share * 100).toFixed(1);
      const title = draw('title', {}, word(level[0]) + ' ' + words + ' · ' + spoken(level[1]));
      c.svg.append(draw('rect', { x, y: row * 30 + 4, width: Math.max(0.5, width - 1), height: 22, class: 'p-' + level[0] }, title));
      if (width > wide(words) + 8) c.svg.append(draw('text', { x: x + width / 2, y: row * 30 + 19, 'text-anchor': 'middle', class: 'on-bar on-' + level[0] }, words));
      x += width;
    });
  });
  svgLegend(host, keys);
}

// Swatches that take their colour from the same class as the bars.
function svgLegend(host, keys) {
  const entry = (key) => make('li', {}, [draw('svg', { width: 14, height: 12, viewBox: '0 0 14 12', class: 'swatch' }, draw('rect', { width: 14, height: 12, class: 'p-' + key })), word(key)]);
  host.prepend(make('ul', { class: 'legend' }, keys.map(entry)));
}

/** The county's resources as bars, its three guarantees as a line; years below it are red. */
function countyChart(host, rows) {
  const years = rows.map((row) => row.year), values = [].concat(...rows.map((row) => [row.resources, row.three_guarantees, row.balance]));
  const unit = unitOf(Math.max(...values.map(Math.abs), 1));
  const c = canvas(host, 340, say('county_lead'));
  const frame = { left: 58, right: c.width - 8, top: 30, bottom: 308 };
  const marks = ticks(Math.min(0, ...rows.map((row) => row.resources)), Math.max(1, ...rows.map((row) => Math.max(row.resources, row.three_guarantees))), 5);
  const y = (fen) => frame.bottom - (fen - marks[0]) / (marks[marks.length - 1] - marks[0]) * (frame.bottom - frame.top);
  const band = (frame.right - frame.left) / years.length, x = (n) => frame.left + n * band;
  c.svg.append(text(0, 14, unit.name));
  amounts(c.svg, marks, y, frame.left, frame.right, unit);
  rows.forEach((row, n) => {
    const broken = row.resources < row.three_guarantees;
    c.svg.append(draw('rect', { x: x(n) + band * 0.14, width: band * 0.72, y: Math.min(y(0), y(row.resources)), height: Math.abs(y(0) - y(row.resources)), class: broken ? 'broken-bar' : 'plain-bar' }));
    const words = row.cover === null ? '' : Math.round(row.cover * 100) + '%';
    if (wide(words) < band + 4) c.svg.append(text(x(n) + band / 2, Math.min(y(row.resources), y(row.three_guarantees)) - 6, words, 'middle', broken ? 'alarm' : ''));
  });
  const path = rows.map((row, n) => (n ? 'L' : 'M') + x(n) + ' ' + y(row.three_guarantees) + 'H' + (x(n) + band)).join('');
  c.svg.append(draw('path', { d: path, class: 'line-plan' }));
  yearLabels(c.svg, years, x, frame.bottom + 18, band);
  bands(c, years, x, band, frame.top, frame.bottom, (n) => [String(years[n]), [[say('resources'), money(rows[n].resources)], [say('guarantees'), money(rows[n].three_guarantees)], [say('cover'), rows[n].cover === null ? '–' : percent(rows[n].cover)]]]);
  legend(host, [['f-tax', say('resources')], ['key-plan', say('guarantees')]]);
}
