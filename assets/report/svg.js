// Drawing: elements of SVG, scales, axes, the box that tells the numbers.
function draw(name, attributes, children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  Object.keys(attributes || {}).forEach((key) => { element.setAttribute(key, attributes[key]); });
  [].concat(children === undefined ? [] : children).forEach((child) => { element.append(child); });
  return element;
}

function text(x, y, words, anchor, kind) { return draw('text', { x, y, 'text-anchor': anchor || 'start', class: kind || '' }, words); }

/** About how wide a text is at so many pixels: a Chinese sign is a square, others about half of one. */
function wide(words, size) {
  return Array.from(words).reduce((sum, sign) => sum + (sign.charCodeAt(0) > 0x2e00 ? 1 : 0.58), 0) * (size || 12);
}

/** A text cut to so many pixels. */
function cut(words, width) {
  if (wide(words) <= width) return words;
  let kept = Array.from(words);
  while (kept.length > 1 && wide(kept.join('') + '…') > width) kept.pop();
  return kept.join('') + '…';
}

/** Round steps from below `low` to above `high`. */
function ticks(low, high, most) {
  const span = high - low || 1;
  const rough = span / most, power = Math.pow(10, Math.floor(Math.log10(rough)));
  const step = [1, 2, 2.5, 5, 10].map((x) => x * power).find((x) => x >= rough);
  const found = [];
  for (let n = Math.floor(low / step); n * step < high + step * 0.999; n += 1) found.push(n * step);
  return found;
}

// On paper a chart is as wide as a page, its letters as large as those beside it.
const PAPER = 760;
let printing = false;

/** A canvas as wide as its place; returns what is drawn on. */
function canvas(host, height, label) {
  host.textContent = '';
  const width = printing ? PAPER : Math.max(320, Math.min(host.clientWidth || 1040, 1200));
  const svg = draw('svg', { viewBox: '0 0 ' + width + ' ' + height, role: 'img', 'aria-label': label });
  host.append(svg);
  return { svg, width, height, host };
}

/** Years under an axis, as many as have room. */
function yearLabels(svg, years, x, y, band) {
  const every = Math.ceil(34 / band);
  years.forEach((year, n) => { if (n % every === 0) svg.append(text(x(n) + band / 2, y, String(year), 'middle')); });
}

/** Horizontal lines with their amounts. */
function amounts(svg, marks, y, left, right, unit) {
  // Marks that would read the same need one decimal more.
  const texts = (places) => marks.map((mark) => inUnit(mark, { fen: unit.fen, places }));
  let places = 0;
  while (places < 6 && new Set(texts(places)).size < marks.length) places += 1;
  texts(places).forEach((label, n) => {
    svg.append(draw('line', { x1: left, x2: right, y1: y(marks[n]), y2: y(marks[n]), class: marks[n] === 0 ? 'axis' : 'grid' }));
    svg.append(text(left - 6, y(marks[n]) + 4, label, 'end'));
  });
}

/** The hatching of what is missing; the id stands once on the page and is the same wherever it stands. */
function hatching() {
  const line = draw('line', { x1: 0, y1: 0, x2: 0, y2: 6, class: 'hatch' });
  return draw('defs', {}, draw('pattern', { id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' }, line));
}

/** The names of what is drawn. */
function legend(host, entries) {
  host.prepend(make('ul', { class: 'legend' }, entries.map((entry) => make('li', {}, [make('i', { class: entry[0] }), entry[1]]))));
}

/** A box beside the pointer: a title and lines of name and amount. */
function Tip(host) {
  this.host = host;
  this.box = make('div', { class: 'tip' });
  host.append(this.box);
}

Tip.prototype.show = function (title, lines, x, y) {
  this.box.textContent = '';
  const row = (line) => make('tr', {}, [make('td', {}, line[0]), make('td', { class: 'n' }, line[1])]);
  this.box.append(make('b', {}, title), make('table', {}, make('tbody', {}, lines.map(row))));
  this.box.classList.add('on');
  const most = this.host.clientWidth - this.box.offsetWidth - 4;
  this.box.style.left = Math.max(0, x > this.host.clientWidth / 2 ? Math.min(most, x - this.box.offsetWidth - 14) : Math.min(most, x + 14)) + 'px';
  this.box.style.top = Math.max(0, y) + 'px';
};

Tip.prototype.hide = function () { this.box.classList.remove('on'); };

/** Bands over the years: pointer or arrow keys choose one, `tell` says what stands there. */
function bands(c, years, x, band, top, bottom, tell) {
  const tip = new Tip(c.host);
  let at = -1;
  const rects = years.map((_, n) => c.svg.appendChild(draw('rect', { x: x(n), y: top, width: band, height: bottom - top, class: 'band' })));
  const choose = (n) => {
    rects.forEach((rect, one) => rect.setAttribute('class', one === n ? 'band on' : 'band'));
    at = n;
    if (n < 0) { tip.hide(); return; }
    const scale = c.svg.clientWidth / c.width || 1;
    const told = tell(n);
    tip.show(told[0], told[1], (x(n) + band / 2) * scale, top);
  };
  rects.forEach((rect, n) => rect.addEventListener('pointerenter', () => choose(n)));
  c.svg.addEventListener('pointerleave', () => choose(-1));
  c.svg.setAttribute('tabindex', '0');
  c.svg.addEventListener('blur', () => choose(-1));
  c.svg.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    choose(Math.max(0, Math.min(years.length - 1, at + step)));
  });
}
