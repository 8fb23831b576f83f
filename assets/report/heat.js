// Where and when money is missing: a row a town, a column a year.
const MOST_HEAT = 40;

function heatChart(host, kase, chosen, all, pick) {
  const rows = kase.towns.map((town) => ({ town, name: D.towns[town][1], values: missingOf(kase, town) })).filter((row) => total(row.values) > 0);
  rows.sort((a, b) => total(b.values) - total(a.values));
  host.textContent = '';
  if (!rows.length) { host.append(make('p', { class: 'second' }, say('heat_none'))); return; }
  const seen = all.on ? rows : rows.slice(0, MOST_HEAT);
  const bounds = steps5([].concat(...rows.map((row) => row.values)));
  const height = seen.length > 60 ? 13 : 20;
  const c = canvas(host, seen.length * height + 26, say('heat_title'));
  const left = Math.min(c.width * 0.3, Math.max(60, ...seen.map((row) => wide(row.name) + 14)));
  const band = (c.width - left) / kase.years.length;
  yearLabels(c.svg, kase.years, (n) => left + n * band, 14, band);
  const tip = new Tip(host);
  seen.forEach((row, at) => c.svg.append(heatRow(row, at, { kase, left, band, height, bounds, tip, c, chosen, pick })));
  c.svg.addEventListener('pointerleave', () => tip.hide());
  heatLegend(host, bounds);
  if (rows.length > MOST_HEAT) {
    const button = make('button', { type: 'button' }, all.on ? say('show_less') : say('show_all'));
    button.addEventListener('click', () => { all.on = !all.on; heatChart(host, kase, chosen, all, pick); });
    host.append(make('div', { class: 'tools' }, [button, make('span', {}, all.on ? '' : say('heat_more', { n: seen.length }))]));
  }
}

function heatRow(row, at, o) {
  const top = 22 + at * o.height;
  const group = draw('g', { class: 'heat-row' + (row.town === o.chosen ? ' on' : '') });
  group.append(text(o.left - 8, top + o.height - 5, cut(row.name, o.left - 10), 'end'));
  row.values.forEach((fen, n) => {
    const rect = draw('rect', { x: o.left + n * o.band, y: top, width: Math.max(1, o.band - 1), height: o.height - 1, class: 'q' + classOf(fen, o.bounds) });
    rect.addEventListener('pointerenter', () => {
      const scale = o.c.svg.clientWidth / o.c.width || 1;
      o.tip.show(row.name + ' ' + o.kase.years[n], [[say('missing'), money(fen)]], (o.left + n * o.band) * scale, top * scale);
    });
    group.append(rect);
  });
  group.addEventListener('click', () => o.pick(row.town));
  return group;
}

/** Five classes with about as many years each; bounds are amounts that occur. */
function steps5(values) {
  const sorted = values.filter((x) => x > 0).sort((a, b) => a - b);
  return [0.2, 0.4, 0.6, 0.8, 1].map((share) => sorted[Math.min(sorted.length - 1, Math.floor(share * (sorted.length - 1)))]);
}

function classOf(fen, bounds) { return fen <= 0 ? 0 : 1 + Math.min(4, bounds.findIndex((bound) => fen <= bound)); }

function heatLegend(host, bounds) {
  const unique = bounds.filter((bound, n) => bounds.indexOf(bound) === n);
  const labels = unique.map((bound) => '≤ ' + spoken(bound)), step = Math.max(...labels.map((label) => wide(label))) + 40;
  const width = step * unique.length;
  const svg = draw('svg', { viewBox: '0 0 ' + width + ' 18', width, height: 18, class: 'heat-key', 'aria-hidden': 'true' });
  unique.forEach((bound, n) => {
    svg.append(draw('rect', { x: n * step, y: 3, width: 14, height: 12, class: 'q' + classOf(bound, bounds) }), text(n * step + 19, 13, labels[n]));
  });
  host.append(svg);
}
