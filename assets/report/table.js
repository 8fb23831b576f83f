// Tables that sort by click or keyboard, filter, and go into a spreadsheet.
const MOST_ROWS = 120;
// Names as long as this stand on one line.
const NOT_WRAPPED = 10;

/** An element with attributes and children; texts stay texts. */
function make(name, attributes, children) {
  const element = document.createElement(name);
  Object.keys(attributes || {}).forEach((key) => { element.setAttribute(key, attributes[key]); });
  [].concat(children || []).forEach((child) => { element.append(child); });
  return element;
}

function status(text) {
  const box = document.getElementById('status');
  box.textContent = text;
  box.classList.add('on');
  clearTimeout(status.timer);
  status.timer = setTimeout(() => box.classList.remove('on'), 2500);
}

/** Puts a text on the clipboard; pages opened from a disk may have to do it the old way. */
function toClipboard(text) {
  const old = () => {
    const area = make('textarea', { class: 'away', 'aria-hidden': 'true' });
    area.value = text;
    document.body.append(area);
    area.select();
    let done = false;
    try { done = document.execCommand('copy'); } catch (refused) { done = false; }
    area.remove();
    return done;
  };
  if (!navigator.clipboard || !navigator.clipboard.writeText) return Promise.resolve(old());
  return navigator.clipboard.writeText(text).then(() => true, old);
}

const COLLATOR = new Intl.Collator(D.lang === 'zh' ? 'zh-CN' : 'en', { numeric: true });

function compare(a, b) {
  // What is not there stands last, whichever way it is sorted.
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return COLLATOR.compare(String(a), String(b));
}

/**
 * A table in `host`: heads are [key, heading, kind, meaning], rows arrays of values.
 * options: name, unit line, filter (a search box), total (a last row), pick (what a click on a row does), marks (a class for a row).
 */
function Table(host, heads, options) {
  this.host = host;
  this.heads = heads;
  this.options = options || {};
  this.rows = [];
  this.order = { column: -1, down: false };
  this.all = false;
  this.build();
}

Table.prototype.build = function () {
  const search = make('input', { type: 'search', placeholder: say('filter'), 'aria-label': say('filter') });
  search.addEventListener('input', () => { this.wanted = search.value.trim().toLowerCase(); this.draw(); });
  const short = make('input', { type: 'checkbox' });
  short.addEventListener('change', () => { this.short = short.checked; this.draw(); });
  const copy = make('button', { type: 'button', class: 'copy' }, say('copy'));
  copy.addEventListener('click', () => this.copy());
  this.count = make('span', {});
  this.tools = make('div', { class: 'tools' }, this.options.filter ? [search] : []);
  if (this.options.short) this.tools.append(make('label', {}, [short, ' ' + say('only_short')]));
  this.tools.append(copy, this.count);
  this.head = make('tr', {}, this.heads.map((head, n) => this.heading(head, n)));
  this.body = make('tbody', {});
  this.caption = make('caption', {});
  const table = make('table', { 'data-name': this.options.name || '' }, [this.caption, make('thead', {}, this.head), this.body]);
  this.more = make('button', { type: 'button', class: 'more', hidden: '' });
  this.more.addEventListener('click', () => { this.all = true; this.draw(); });
  this.host.append(this.tools, make('div', { class: 'scroll' }, table), this.more);
};

Table.prototype.heading = function (head, n) {
  const button = make('button', { type: 'button', title: head[3] || say('sort_by') }, capital(head[1]));
  button.addEventListener('click', () => {
    const numbers = head[2] !== 'text' && head[2] !== 'word';
    this.order = { column: n, down: this.order.column === n ? !this.order.down : numbers && head[2] !== 'year' };
    this.draw();
  });
  return make('th', { scope: 'col', class: numeric(head[2]) ? 'n' : '', 'aria-sort': 'none' }, button);
};

function capital(words) { return words.charAt(0).toUpperCase() + words.slice(1); }

function numeric(kind) { return kind !== 'text' && kind !== 'word'; }

/** Other rows, and a row of totals that stays last. */
Table.prototype.show = function (rows, total) {
  this.rows = rows;
  this.total = total;
  this.draw();
};

Table.prototype.seen = function () {
  const wanted = this.wanted;
  const hit = (row) => row.some((value, n) => !numeric(this.heads[n][2]) && value !== null && String(shown(value, this.heads[n][2])).toLowerCase().includes(wanted));
  let rows = this.rows.filter((row) => (!wanted || hit(row)) && (!this.short || this.options.short(row)));
  const at = this.order.column;
  if (at >= 0) {
    const sign = this.order.down ? -1 : 1;
    const none = (value) => value === null || value === undefined;
    rows = rows.slice().sort((a, b) => (none(a[at]) - none(b[at])) || (none(a[at]) ? 0 : sign * compare(a[at], b[at])));
  }
  return rows;
};

Table.prototype.draw = function () {
  const rows = this.seen();
  const some = this.all ? rows : rows.slice(0, MOST_ROWS);
  Array.from(this.head.children).forEach((th, n) => {
    th.setAttribute('aria-sort', n !== this.order.column ? 'none' : this.order.down ? 'descending' : 'ascending');
  });
  this.body.textContent = '';
  this.body.append(...some.map((row) => this.row(row)));
  if (this.total && !this.wanted && !this.short) this.body.append(this.row(this.total, 'total'));
  const hasMoney = this.heads.some((head) => head[2] === 'money');
  const told = say('rows', { n: some.length, all: this.rows.length }), cut = some.length < this.rows.length ? [told] : [];
  this.caption.textContent = (hasMoney ? [say('unit_word') + ' ' + D.unit.name] : []).concat(cut).join(' · ');
  this.count.textContent = this.options.filter ? told : '';
  this.more.hidden = some.length === rows.length;
  this.more.textContent = say('more', { n: rows.length });
};

Table.prototype.row = function (row, kind) {
  const cells = row.map((value, n) => {
    const head = this.heads[n];
    const words = shown(value, head[2]);
    const td = make('td', { class: numeric(head[2]) ? 'n' : words.length <= NOT_WRAPPED ? 'w' : 't' }, words);
    if (this.options.cell) this.options.cell(td, value, head, row);
    return td;
  });
  const classes = [kind || '', !kind && this.options.pick ? 'pick' : '', !kind && this.options.on && this.options.on(row) ? 'on' : ''];
  const tr = make('tr', { class: classes.join(' ').trim() }, cells);
  if (!kind && this.options.pick) tr.addEventListener('click', () => this.options.pick(row));
  return tr;
};

/** Tab-separated, as a spreadsheet takes it; every row that is found, also those not drawn. */
Table.prototype.text = function () {
  const rows = this.seen().concat(this.total && !this.wanted && !this.short ? [this.total] : []);
  const heads = this.heads.map((head) => capital(head[1]) + (head[2] === 'money' ? (D.lang === 'zh' ? '（' + D.unit.name + '）' : ' (' + D.unit.name + ')') : ''));
  return [heads].concat(rows.map((row) => row.map((value, n) => pasted(value, this.heads[n][2])))).map((cells) => cells.join('\t')).join('\r\n') + '\r\n';
};

Table.prototype.copy = function () {
  const count = this.seen().length;
  toClipboard(this.text()).then((done) => status(done ? say('copied', { n: count }) : say('copy_failed')));
};

/** Tables that were written with the page: the same sorting and copying, by the texts of their cells. */
function enhance(table) {
  const heads = Array.from(table.tHead.rows[0].cells).map((th) => [th.textContent, th.textContent, 'text', '']);
  const rows = Array.from(table.tBodies[0].rows);
  rows.forEach((row, n) => { row.first = n; });
  const texts = (row) => Array.from(row.cells).map((cell) => cell.textContent);
  let order = { column: -1, down: false };
  heads.forEach((head, n) => {
    const th = table.tHead.rows[0].cells[n];
    const button = make('button', { type: 'button', title: say('sort_by') }, head[1]);
    th.textContent = '';
    th.append(button);
    th.setAttribute('aria-sort', 'none');
    button.addEventListener('click', () => {
      order = { column: n, down: order.column === n ? !order.down : false };
      heads.forEach((_, at) => table.tHead.rows[0].cells[at].setAttribute('aria-sort', at !== n ? 'none' : order.down ? 'descending' : 'ascending'));
      rows.sort((a, b) => (order.down ? -1 : 1) * COLLATOR.compare(texts(a)[n], texts(b)[n]) || a.first - b.first);
      table.tBodies[0].append(...rows);
    });
  });
  const copy = make('button', { type: 'button', class: 'copy' }, say('copy'));
  copy.addEventListener('click', () => {
    const lines = [heads.map((head) => head[1])].concat(rows.map((row) => texts(row).map((text) => pasted(text, 'text'))));
    toClipboard(lines.map((cells) => cells.join('\t')).join('\r\n') + '\r\n').then((done) => status(done ? say('copied', { n: rows.length }) : say('copy_failed')));
  });
  table.parentNode.before(make('div', { class: 'tools' }, copy));
}
