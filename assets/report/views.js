// The parts of the page: what each shows of the variant, town and county chosen.
const chosen = { kase: 0, town: -1, county: null, figure: 'retained' };
const views = [];

function kase() { return D.cases[chosen.kase]; }
function at(id) { return document.getElementById(id); }
function columns(name, wanted) { return (wanted || []).length ? wanted.map((key) => D.heads[name].find((head) => head[0] === key)) : D.heads[name]; }
function indexOf(name, key) { return D.heads[name].findIndex((head) => head[0] === key); }
function refresh() { views.forEach((view) => view()); }

/** Chooses a town everywhere and shows its funds. */
function pickTown(town) {
  chosen.town = town;
  at('pick-town').value = String(town);
  refresh();
  at('funds').scrollIntoView();
}

const YEARS = ['retained', 'tax', 'other', 'transfer', 'fee', 'land', 'earmarked', 'recurrent', 'recurrent_unpaid', 'available', 'planned', 'paid', 'gap', 'balance_general', 'balance_fund'];
const ALWAYS = ['retained', 'recurrent', 'planned', 'paid', 'gap'];
const BALANCES = ['available', 'balance_general', 'balance_fund'];

function fundsView() {
  let heads = null, table = null;
  views.push(() => {
    const k = kase(), of = yearsOf(k, chosen.town), own = k.towns.indexOf(chosen.town);
    at('funds-said').textContent = (own >= 0 ? k.said[own] || D.towns[chosen.town][1] : k.headline || k.label);
    fundsChart(at('funds-chart'), k, chosen.town);
    // What is nothing in every year has no column.
    const used = YEARS.filter((key) => ALWAYS.includes(key) || of[key].some((x) => x !== 0));
    if (!heads || used.join() !== heads.join()) {
      heads = used;
      at('funds-table').textContent = '';
      table = new Table(at('funds-table'), [['year', say('year'), 'year', '']].concat(used.map((key) => [key, say(key), 'money', ''])), { name: 'years' });
    }
    // Balances of years do not add up to anything.
    table.show(k.years.map((year, n) => [year].concat(used.map((key) => of[key][n]))), [say('total')].concat(used.map((key) => (BALANCES.includes(key) ? null : total(of[key])))));
    levelsChart(at('levels-chart'), D.cases);
  });
}

function townsView() {
  const all = { on: false };
  const status = indexOf('measures', 'status');
  const table = new Table(at('towns-table'), D.heads.measures, {
    name: 'towns',
    filter: D.towns.length > 1,
    short: D.towns.length > 1 ? (row) => row[status] === 'short' || row[status] === 'guarantees' : null,
    pick: (row) => pickTown(townOf(row)),
    on: (row) => townOf(row) === chosen.town,
    cell: (td, value, head) => { if (head[0] === 'status' && (value === 'short' || value === 'guarantees')) td.classList.add('bad'); },
  });
  const name = indexOf('measures', 'town'), county = indexOf('measures', 'county');
  const townOf = (row) => D.towns.findIndex((town) => town[1] === row[name] && town[2] === row[county]);
  views.push(() => {
    const k = kase();
    table.show(rowsOf(k, 'measures'), null);
    at('heat').hidden = k.towns.length < 2;
    if (k.towns.length > 1) heatChart(at('heat-chart'), k, chosen.town, all, pickTown);
  });
}

const COMPARED = ['retained', 'planned', 'paid', 'gap', 'recurrent_unpaid'];
const FIGURES = ['retained', 'missing', 'paid', 'available', 'balance_general'];

function variantsView() {
  const several = D.cases.length > 1;
  at('variants').hidden = !several;
  document.querySelector('nav a[href="#variants"]').hidden = !several;
  if (!several) return;
  const heads = [['label', say('variant'), 'text', '']].concat(COMPARED.map((key) => [key, say(key), 'money', '']), [['coverage', say('coverage'), 'ratio', ''], ['net', say('net'), 'money', '']]);
  let largest = {};
  const table = new Table(at('variants-table'), heads, { name: 'variants', on: (row) => row[0] === kase().label, pick: (row) => pickCase(D.cases.findIndex((k) => k.label === row[0])), cell: (td, value, head) => meter(td, value, head, largest) });
  const select = at('pick-figure');
  FIGURES.forEach((key) => select.append(make('option', { value: key }, say(key))));
  select.addEventListener('change', () => { chosen.figure = select.value; refresh(); });
  views.push(() => {
    const rows = D.cases.filter((k) => chosen.town < 0 || k.towns.includes(chosen.town)).map((k) => variantRow(k));
    largest = {};
    heads.forEach((head, n) => { if (n) largest[head[0]] = Math.max(...rows.map((row) => Math.abs(row[n] || 0)), head[2] === 'ratio' ? 1 : 0); });
    table.show(rows, null);
    linesChart(at('variants-chart'), D.cases, chosen.town, chosen.figure, kase());
  });
  changeView();
}

function variantRow(k) {
  const of = yearsOf(k, chosen.town), planned = total(of.planned);
  return [k.label].concat(COMPARED.map((key) => total(of[key])), [planned ? total(of.paid) / planned : null, chosen.town < 0 || k.towns.length === 1 ? k.net : null]);
}

// A small bar under the number.
function meter(td, value, head, largest) {
  if (head[2] === 'text' || value === null || !largest[head[0]]) return;
  const bar = make('span', { class: 'meter' + (head[0] === 'gap' || head[0] === 'recurrent_unpaid' ? ' gap' : '') });
  bar.style.width = Math.round(Math.abs(value) / largest[head[0]] * 100) + '%';
  td.append(bar);
}

function changeView() {
  const name = indexOf('compared', 'town'), county = indexOf('compared', 'county'), change = indexOf('compared', 'change');
  const table = D.heads.compared.length ? new Table(at('change-table'), D.heads.compared, { name: 'compared', filter: D.towns.length > 1 }) : null;
  views.push(() => {
    // What is compared with nothing shows the first variant that is compared with it.
    const k = kase().compared ? kase() : D.cases.find((other) => other.compared && other.base === chosen.kase) || kase();
    const rows = k.compared || [];
    const drawn = changeChart(at('change-chart'), rows.map((row) => ({ name: row[name], change: row[change], town: D.towns.findIndex((t) => t[1] === row[name] && t[2] === row[county]) })), pickTown);
    at('change-said').textContent = !k.compared ? say('not_compared') : !drawn ? say('no_change') : k.label + ' · ' + say('against') + ' ' + D.cases[k.base].label;
    at('change-table').hidden = !k.compared;
    if (table) table.show(rows, null);
  });
}

function countyView() {
  const select = at('pick-county');
  const key = (row, name) => row[indexOf('county', name)];
  const shownHeads = D.heads.county;
  const table = new Table(at('county-table'), shownHeads, { name: 'county' });
  select.addEventListener('change', () => { chosen.county = select.value; refresh(); });
  views.push(() => {
    const rows = rowsOf(kase(), 'county');
    const names = Array.from(new Set(rows.map((row) => key(row, 'county'))));
    const own = chosen.town >= 0 ? D.towns[chosen.town][2] : null;
    if (own && names.includes(own)) chosen.county = own;
    if (!names.includes(chosen.county)) chosen.county = names[0];
    select.textContent = '';
    names.forEach((name) => select.append(make('option', { value: name }, name)));
    select.value = chosen.county;
    select.disabled = names.length < 2;
    const wanted = rows.filter((row) => key(row, 'county') === chosen.county);
    const has = wanted.some((row) => key(row, 'three_guarantees') !== null);
    at('county-said').textContent = has ? say('county_lead') : say('no_county');
    at('county-chart').hidden = !has;
    table.show(wanted, null);
    if (has) countyChart(at('county-chart'), wanted.map((row) => ({ year: key(row, 'year'), resources: key(row, 'resources'), three_guarantees: key(row, 'three_guarantees'), balance: key(row, 'balance'), cover: key(row, 'three_guarantees_cover') })));
  });
}

function projectsView() {
  const town = indexOf('projects', 'town'), status = indexOf('projects', 'status');
  const table = new Table(at('projects-table'), D.heads.projects, { name: 'projects', filter: true, short: (row) => row[status] === 'short' || row[status] === 'open' || row[status] === 'delayed', cell: (td, value, head) => { if (head[0] === 'status' && (value === 'short' || value === 'open')) td.classList.add('bad'); } });
  views.push(() => {
    const name = chosen.town >= 0 ? D.towns[chosen.town][1] : null;
    table.show(rowsOf(kase(), 'projects').filter((row) => !name || row[town] === name), null);
  });
}
