// Numbers as people read them, and as a spreadsheet takes them.
let exact = false;
const PER_UNIT = Math.pow(10, D.unit.places);

function grouped(digits) { return digits.replace(/\B(?=(\d{3})+$)/g, ','); }

/** Fen as an exact decimal of the unit: no float, so nothing is lost. */
function decimal(fen) {
  const digits = String(Math.abs(fen)).padStart(D.unit.places + 1, '0');
  const cut = digits.length - D.unit.places;
  const tail = digits.slice(cut).replace(/0+$/, '');
  return { sign: fen < 0 ? '-' : '', whole: digits.slice(0, cut), tail: tail ? '.' + tail : '' };
}

/** Money as a table shows it: whole units, or to the fen where that is asked for. */
function money(fen) {
  const d = decimal(fen);
  if (exact) return d.sign + grouped(d.whole) + d.tail;
  const whole = Math.floor((Math.abs(fen) + PER_UNIT / 2) / PER_UNIT);
  return (fen < 0 && whole > 0 ? '-' : '') + grouped(String(whole));
}

/** Money as a cell of a spreadsheet: the exact number. */
function plainMoney(fen) { const d = decimal(fen); return d.sign + d.whole + d.tail; }

function percent(share) { return (Math.round(share * 1000) / 10).toFixed(1) + '%'; }

/** The unit of a chart whose amounts reach so high: how many fen, its name, its decimals. */
function unitOf(largest) {
  if (D.lang === 'en') return { fen: 1e8, name: say('million'), places: largest >= 1e10 ? 0 : largest >= 1e8 ? 1 : 2 };
  return largest >= 5e9 ? { fen: 1e10, name: say('yi'), places: largest >= 1e12 ? 0 : largest >= 1e11 ? 1 : 2 } : { fen: 1e6, name: say('wan'), places: 0 };
}

function inUnit(fen, unit) {
  const parts = (Math.abs(fen) / unit.fen).toFixed(unit.places).split('.');
  const text = grouped(parts[0]) + (parts[1] ? '.' + parts[1] : '');
  return (fen < 0 && /[1-9]/.test(text) ? '−' : '') + text;
}

/** Money in words of its own size, as headlines have it. */
function spoken(fen) {
  const unit = unitOf(Math.abs(fen) >= 1e10 ? 5e9 : 0);
  const places = unit.fen === 1e6 ? 0 : 1;
  return inUnit(fen, { fen: unit.fen, places }) + ' ' + unit.name;
}

/** A cell as it is shown. */
function shown(value, kind) {
  if (value === null || value === undefined) return '–';
  if (kind === 'money') return money(value);
  if (kind === 'ratio') return percent(value);
  if (kind === 'number') return grouped(value.toFixed(2).split('.')[0]) + '.' + value.toFixed(2).split('.')[1];
  if (kind === 'word') return word(value);
  return String(value);
}

/** A cell as a spreadsheet takes it: numbers as numbers, a text that looks like a formula made harmless. */
const NUMBER = /^[-+−]?\d[\d,]*(\.\d+)?%?$/;

function pasted(value, kind) {
  if (value === null || value === undefined) return '';
  if (kind === 'money') return plainMoney(value);
  if (kind === 'ratio') return String(Math.round(value * 1e6) / 1e4) + '%';
  const text = String(kind === 'word' ? word(value) : value).replace(/[\t\r\n]+/g, ' ');
  const isText = (kind === 'text' || kind === 'word') && !NUMBER.test(text);
  return isText && /^[\s\u3000]*[=+\-@＝＋－＠]/.test(text) ? "'" + text : text;
}
