// What the page knows: whole fen and fractions, told once. A series of 0 is nothing in every year, 1 is the same as in
// the variant compared with, a text holds its amounts
// in base 36, the first year whole, then what each year is more than the one before.
const D = JSON.parse(document.getElementById('data').textContent);
const FIGURE = {};
D.figures.forEach((key, n) => { FIGURE[key] = n; });

/** A word of the page, its holes filled. */
function say(key, values) {
  return Object.keys(values || {}).reduce((text, hole) => text.split('{' + hole + '}').join(values[hole]), D.words[key]);
}

/** A key of the tables as a word. */
function word(key) { return Object.prototype.hasOwnProperty.call(D.keys, key) ? D.keys[key] : key; }

// A row told as 1 stands in the table of the variant compared with, in the same place; of an object only its cells differ.
function rowsOf(kase, table) {
  const other = kase[table].every(Array.isArray) ? [] : rowsOf(D.cases[kase.base], table);
  return kase[table].map((row, n) => (row === 1 ? other[n] : Array.isArray(row) ? row : Object.assign(other[n].slice(), row)));
}

/** A figure of a town (by its number among all towns), year by year. */
function series(kase, town, figure) {
  const at = kase.towns.indexOf(town);
  const told = at < 0 ? 0 : kase.series[at][FIGURE[figure]];
  if (told === 0) return kase.years.map(() => 0);
  return told === 1 ? series(D.cases[kase.base], town, figure) : amountsOf(told);
}

function amountsOf(told) {
  let fen = 0;
  return told.split(' ').map((step) => { fen += parseInt(step, 36); return fen; });
}

/** A figure of the towns chosen, added up year by year. */
function summed(kase, town, figure) {
  if (town >= 0) return series(kase, town, figure);
  const sum = kase.years.map(() => 0);
  kase.towns.forEach((one) => series(kase, one, figure).forEach((x, n) => { sum[n] += x; }));
  return sum;
}

const SOURCES = ['tax', 'other', 'transfer', 'fee', 'land'];

/** Everything a chart or table of the years shows, for one town or all together (-1). */
function yearsOf(kase, town) {
  const of = {};
  D.figures.forEach((key) => { of[key] = summed(kase, town, key); });
  const each = (make) => kase.years.map((_, n) => make(n));
  of.retained = each((n) => SOURCES.reduce((sum, key) => sum + of[key][n], of.capital[n]));
  of.gap = each((n) => of.planned[n] - of.paid[n]);
  of.to_spend = each((n) => of.recurrent[n] + of.planned[n]);
  // What was paid beyond the year's retained funds: from balances, earmarked money, an earlier year's settlement.
  of.drawn = each((n) => Math.max(0, of.recurrent[n] - of.recurrent_unpaid[n] + of.paid[n] - of.retained[n] + of.capital[n]));
  of.missing = missingOf(kase, town);
  return of;
}

/** What is missing in a year: plans and recurrent spending unpaid. */
function missingOf(kase, town) {
  const of = (key) => summed(kase, town, key);
  const planned = of('planned'), paid = of('paid'), unpaid = of('recurrent_unpaid');
  return kase.years.map((_, n) => Math.max(0, planned[n] - paid[n]) + unpaid[n]);
}

function total(values) { return values.reduce((sum, x) => sum + x, 0); }
