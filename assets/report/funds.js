// Retained funds by source against what is to be spent, year by year; what is missing is hatched.
const STACK = ['tax', 'other', 'transfer', 'fee', 'land', 'drawn'];

function fundsChart(host, kase, town) {
  const of = yearsOf(kase, town);
  const used = STACK.filter((key) => of[key].some((x) => x !== 0));
  const years = kase.years;
  const up = years.map((_, n) => used.reduce((sum, key) => sum + Math.max(0, of[key][n]), 0));
  const down = years.map((_, n) => used.reduce((sum, key) => sum + Math.min(0, of[key][n]), 0));
  const high = Math.max(1, ...up, ...of.to_spend), low = Math.min(0, ...down);
  const unit = unitOf(high);
  const c = canvas(host, 400, document.getElementById('funds-said').textContent);
  const frame = { left: 58, right: c.width - 8, top: 34, bottom: 368 };
  const marks = ticks(low, high, 6);
  const y = (fen) => frame.bottom - (fen - marks[0]) / (marks[marks.length - 1] - marks[0]) * (frame.bottom - frame.top);
  const band = (frame.right - frame.left) / years.length, x = (n) => frame.left + n * band;
  c.svg.append(hatching(), text(0, 14, unit.name));
  amounts(c.svg, marks, y, frame.left, frame.right, unit);
  years.forEach((_, n) => stack(c.svg, used, of, n, x(n) + band * 0.14, band * 0.72, y));
  missing(c.svg, of, x, band, y, unit);
  steps(c.svg, of, x, band, y);
  yearLabels(c.svg, years, x, frame.bottom + 18, band);
  bands(c, years, x, band, frame.top, frame.bottom, (n) => [String(years[n]), told(of, used, n)]);
  legend(host, used.map((key) => ['f-' + key, say(key)]).concat([['key-plan', say('to_spend')], ['key-recurrent', say('recurrent')], ['f-missing', say('missing')]]));
}

// Positive parts upward, negative ones downward, from the line of nothing.
function stack(svg, used, of, n, x, width, y) {
  let above = 0, below = 0;
  used.forEach((key) => {
    const value = of[key][n];
    if (!value) return;
    const from = value > 0 ? above : below, to = from + value;
    svg.append(draw('rect', { x, width, y: Math.min(y(from), y(to)), height: Math.abs(y(from) - y(to)), class: 'f-' + key }));
    if (value > 0) above = to; else below = to;
  });
}

// Hatched from the line of what is to be spent downward; labelled where there is room.
function missing(svg, of, x, band, y, unit) {
  of.missing.forEach((fen, n) => {
    if (fen <= 0) return;
    const top = y(of.to_spend[n]);
    svg.append(draw('rect', { x: x(n) + band * 0.14, width: band * 0.72, y: top, height: y(of.to_spend[n] - fen) - top, class: 'f-missing' }));
    const words = inUnit(fen, unit);
    if (wide(words) < band + 6 && /[1-9]/.test(words)) svg.append(text(x(n) + band / 2, top - 6, words, 'middle', 'alarm'));
  });
}

// Two step lines: everything that is to be spent, and recurrent spending alone.
function steps(svg, of, x, band, y) {
  const path = (values) => values.map((fen, n) => (n ? 'L' : 'M') + x(n) + ' ' + y(fen) + 'H' + (x(n) + band)).join('');
  svg.append(draw('path', { d: path(of.recurrent), class: 'line-recurrent' }), draw('path', { d: path(of.to_spend), class: 'line-plan' }));
}

function told(of, used, n) {
  const line = (key) => [say(key), money(of[key][n])];
  const more = ['planned', 'paid', 'missing'].filter((key) => of[key][n] !== 0);
  return [line('retained')].concat(used.filter((key) => of[key][n] !== 0).map((key) => ['· ' + say(key), money(of[key][n])]), [line('recurrent')], more.map(line));
}
