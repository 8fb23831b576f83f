// The page comes alive: choosers, then every part, then again whenever something else is chosen or the window changes.
function pickCase(n) {
  chosen.kase = n;
  if (chosen.town >= 0 && !kase().towns.includes(chosen.town)) chosen.town = -1;
  at('pick-case').value = String(n);
  townChooser();
  refresh();
}

function townChooser() {
  const select = at('pick-town'), counties = {};
  select.textContent = '';
  const several = kase().towns.length > 1;
  if (several) select.append(make('option', { value: '-1' }, say('all_towns')));
  kase().towns.forEach((town) => { (counties[D.towns[town][2]] = counties[D.towns[town][2]] || []).push(town); });
  Object.keys(counties).forEach((county) => {
    const options = counties[county].map((town) => make('option', { value: String(town) }, D.towns[town][1]));
    select.append(...(Object.keys(counties).length > 1 ? [make('optgroup', { label: county || '–' }, options)] : options));
  });
  if (!several) chosen.town = kase().towns[0];
  select.value = String(chosen.town);
}

function choosers() {
  const cases = at('pick-case');
  D.cases.forEach((one, n) => cases.append(make('option', { value: String(n) }, one.name && one.name !== one.label && one.base !== null ? one.label + ' · ' + one.name : one.label)));
  cases.addEventListener('change', () => pickCase(Number(cases.value)));
  at('pick-town').addEventListener('change', () => { chosen.town = Number(at('pick-town').value); refresh(); });
  at('exact').addEventListener('change', () => { exact = at('exact').checked; refresh(); });
  townChooser();
}

document.documentElement.classList.add('script');
choosers();
[fundsView, townsView, variantsView, countyView, projectsView].forEach((view) => view());
refresh();
document.querySelectorAll('table.plain').forEach(enhance);
window.addEventListener('beforeprint', () => { printing = true; refresh(); });
window.addEventListener('afterprint', () => { printing = false; refresh(); });
let waiting = 0, width = window.innerWidth;
window.addEventListener('resize', () => {
  if (window.innerWidth === width) return;
  width = window.innerWidth;
  clearTimeout(waiting);
  waiting = setTimeout(refresh, 120);
});
