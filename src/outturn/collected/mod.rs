//! 分镇分税种入库表: what treasury and tax offices export, by town and tax, a year, some months or each month.
//!
//! Nothing here knows a scenario: taxes are told by name, towns stay names.

pub mod words;

use std::collections::BTreeMap;

use crate::base::amount::{Fen, MoneyUnit};
use crate::base::place::Place;
use crate::base::when::Year;
use crate::check::{canonical, measured, split_unit};
use crate::diag::{Code, Problem, Problems};
use crate::load::sheet::{Cell, Sheet};
use crate::measure::backtest::Scope;
use words::Period;

/// Months of a year.
pub const MONTHS: u32 = 12;

/// Whose, of what, of which year.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The county, empty where the table has none.
    pub county: String,
    /// The town as it is written.
    pub town: String,
    /// The source: its id.
    pub source: String,
    /// The year.
    pub year: Year,
}

/// What was collected of a year.
#[derive(Clone, Debug)]
pub struct Amount {
    /// \[分\] From January to `months`.
    pub to_date: Fen,
    /// The last month in it; 12 is the whole year.
    pub months: u32,
    /// \[分\] Up to each month, where the table has single months.
    pub by_month: BTreeMap<u32, Fen>,
    /// The scope.
    pub scope: Scope,
    /// The first cell it was read from.
    pub place: Place,
}

/// A table that was read.
pub type Collected = BTreeMap<Key, Amount>;

/// What a table says before any cell: year, period and scope of its title.
#[derive(Clone, Copy, Debug, Default)]
struct Title {
    year: Option<Year>,
    period: Option<Period>,
    scope: Option<Scope>,
}

impl Title {
    fn of(sheet: &Sheet) -> Self {
        let texts = || sheet.above.iter().map(|c| c.text.as_str()).chain([sheet.name.as_str()]);
        Self { year: texts().find_map(words::year), period: texts().find_map(words::period), scope: texts().find_map(words::scope) }
    }

    /// The month it names.
    const fn month(self) -> Option<u32> {
        match self.period {
            Some(Period::Month(month) | Period::ToDate(month)) => Some(month),
            _ => None,
        }
    }
}

/// What a column or a row says of its amounts.
#[derive(Clone, Debug, Default)]
struct Said {
    source: Option<String>,
    back: bool,
    year: Option<Year>,
    period: Option<Period>,
    scope: Option<Scope>,
}

impl Said {
    /// What one says and else the other.
    fn or(&self, other: &Self) -> Self {
        Self {
            source: self.source.clone().or_else(|| other.source.clone()),
            back: self.back || other.back,
            year: self.year.or(other.year),
            period: self.period.or(other.period),
            scope: self.scope.or(other.scope),
        }
    }
}

/// How sources are found by name.
pub type Names<'n> = dyn Fn(&str) -> Option<String> + 'n;

/// The scope a title says, for tables of other forms too.
#[must_use]
pub fn scope_of_title(sheet: &Sheet) -> Option<Scope> {
    Title::of(sheet).scope
}

/// The sources the national rules name, by what tables call them.
#[must_use]
pub fn national(name: &str) -> Option<String> {
    words::tax(name).map(str::to_owned)
}

/// Whether a sheet is such a table: towns, and taxes in columns or rows, of years or months that are told.
#[must_use]
pub fn is_one(sheet: &Sheet, names: &Names<'_>) -> bool {
    let columns = Columns::of(sheet);
    let long = sheet.headings.iter().any(|h| ["数额", "金额", "amount"].contains(&split_unit(&h.text).0.as_str()));
    let taxes = columns.tax.is_some() || (0..sheet.headings.len()).any(|n| parts(sheet, n).iter().any(|p| names(p).is_some()));
    let months = columns.month.is_some() || (0..sheet.headings.len()).any(|n| parts(sheet, n).iter().any(|p| words::period(p).is_some()));
    let years = columns.year.is_some() || Title::of(sheet).year.is_some() || (0..sheet.headings.len()).any(|n| parts(sheet, n).iter().any(|p| words::year(p).is_some()));
    columns.town.is_some() && taxes && years && !(long && columns.year.is_some() && columns.month.is_none()) && (months || columns.tax.is_some() || columns.year.is_none())
}

/// Columns that say whose and when.
struct Columns {
    town: Option<usize>,
    county: Option<usize>,
    year: Option<usize>,
    month: Option<usize>,
    tax: Option<usize>,
    scope: Option<usize>,
}

impl Columns {
    fn of(sheet: &Sheet) -> Self {
        let at = |words: &[&str]| sheet.headings.iter().position(|h| words.contains(&split_unit(&h.text).0.as_str()));
        let known = |key: &str| sheet.headings.iter().position(|h| canonical(&h.text) == key);
        Self {
            town: known("town"),
            county: known("county"),
            year: at(&["年份", "年度", "年", "year"]),
            month: at(&["月份", "月", "期间", "所属期", "month"]),
            tax: at(&["税种", "税目", "征收项目", "收入科目", "预算科目", "科目", "科目名称", "收入项目", "项目", "tax", "item"]),
            scope: at(&["口径", "级次", "预算级次", "scope"]),
        }
    }

    fn says(&self, column: usize) -> bool {
        [self.town, self.county, self.year, self.month, self.tax, self.scope].contains(&Some(column))
    }
}

/// The words over a column, outermost first.
fn parts(sheet: &Sheet, column: usize) -> Vec<String> {
    let leaf = sheet.headings[column].text.rsplit('·').next().unwrap_or("");
    sheet.over[column].iter().map(String::as_str).chain([leaf]).map(|text| split_unit(text).0).filter(|t| !t.is_empty()).collect()
}

/// Reads a table. `scope` is what was asked for where the table says nothing; what is left out is told.
pub fn read(sheet: &Sheet, scope: Option<Scope>, unit: MoneyUnit, names: &Names<'_>, problems: &mut Problems) -> Collected {
    let title = Title::of(sheet);
    let columns = Columns::of(sheet);
    let mut reader = Reader {
        sheet,
        columns,
        title,
        asked: scope,
        unit,
        names,
        problems,
        unknown: Vec::new(),
        central: Vec::new(),
        no_town: Vec::new(),
        cells: BTreeMap::new(),
    };
    let heads: Vec<Option<Said>> = (0..sheet.headings.len()).map(|n| reader.head(n)).collect();
    for row in &sheet.rows {
        reader.row(row, &heads);
    }
    reader.tell();
    reader.sums()
}

/// Amounts of one key by period and scope, as they stand.
type Cells = BTreeMap<(Key, bool), Vec<(Period, Fen, Place)>>;

struct Reader<'r> {
    sheet: &'r Sheet,
    columns: Columns,
    title: Title,
    asked: Option<Scope>,
    unit: MoneyUnit,
    names: &'r Names<'r>,
    problems: &'r mut Problems,
    unknown: Vec<Cell>,
    central: Vec<Cell>,
    no_town: Vec<Cell>,
    cells: Cells,
}

impl Reader<'_> {
    /// What the words over a column say; `None` where it holds no collection.
    fn head(&mut self, column: usize) -> Option<Said> {
        let cell = &self.sheet.headings[column];
        if self.columns.says(column) || cell.text.is_empty() {
            return None;
        }
        let mut said = Said::default();
        let mut strange = None;
        for part in parts(self.sheet, column) {
            if words::is_aside(&part) {
                return None;
            }
            let tax = self.said_of_tax(&part, &mut said);
            said.year = words::year(&part).or(said.year);
            said.period = words::period(&part).or(said.period);
            let scope = words::scope(&part);
            said.scope = scope.or(said.scope);
            let sum = words::is_sum(&part);
            if sum && said.source.is_some() && said.period.is_none() {
                said.scope = Some(Scope::Gross);
            }
            let understood = tax || sum || scope.is_some() || words::year(&part).is_some() || words::period(&part).is_some();
            if !understood {
                strange = Some(part);
            }
        }
        // A group of taxes may be called anything; a column without a known tax is told.
        if let Some(text) = strange.filter(|part| said.source.is_none() || words::is_central(part)) {
            let list = if words::is_central(&text) { &mut self.central } else { &mut self.unknown };
            list.push(Cell { text, place: cell.place.clone() });
            return None;
        }
        let summed = parts(self.sheet, column).iter().any(|p| words::is_sum(p)) && (said.source.is_none() || said.period.is_some());
        (!summed && (said.source.is_some() || self.columns.tax.is_some())).then_some(said)
    }

    fn said_of_tax(&self, part: &str, said: &mut Said) -> bool {
        let name = words::refund(part).map_or(part, |(tax, _)| tax);
        let Some(source) = (self.names)(part).or_else(|| (self.names)(name)) else { return false };
        said.source = Some(source);
        said.back |= words::refund(part).is_some() && (self.names)(part).is_none_or(|_| words::tax(part).is_some());
        true
    }

    fn row(&mut self, row: &[Cell], heads: &[Option<Said>]) {
        let cell = |at: Option<usize>| at.map(|n| &row[n]).filter(|c| !c.text.is_empty());
        let Some(town) = cell(self.columns.town) else { return };
        if words::is_no_town(&town.text) {
            self.no_town.push(town.clone());
            return;
        }
        let mut said = Said {
            year: cell(self.columns.year).and_then(|c| words::year(&c.text)),
            scope: cell(self.columns.scope).and_then(|c| words::scope(&c.text)),
            ..Said::default()
        };
        if let Some(month) = cell(self.columns.month) {
            let bare = crate::load::csv::number(&month.text).and_then(|n| n.exact(0)).and_then(|n| u32::try_from(n).ok()).filter(|n| (1..=MONTHS).contains(n));
            said.period = bare.map(Period::Month).or_else(|| words::period(&month.text)).or_else(|| dated_month(&month.text).map(Period::Month));
            said.year = said.year.or_else(|| words::year(&month.text));
        }
        if let Some(tax) = cell(self.columns.tax).cloned() {
            if words::is_sum(&tax.text) || words::is_aside(&tax.text) {
                return;
            }
            if !self.said_of_tax(&tax.text, &mut said) {
                let list = if words::is_central(&tax.text) { &mut self.central } else { &mut self.unknown };
                list.push(tax);
                return;
            }
        }
        let county = cell(self.columns.county).map(|c| c.text.clone()).unwrap_or_default();
        for (column, head) in heads.iter().enumerate() {
            let Some(head) = head.as_ref().filter(|_| !row[column].text.is_empty() && !["-", "—"].contains(&row[column].text.as_str())) else { continue };
            self.cell(&row[column], column, (county.clone(), town.text.clone()), &head.or(&said));
        }
    }

    fn cell(&mut self, cell: &Cell, column: usize, (county, town): (String, String), said: &Said) {
        let heading = &self.sheet.headings[column].text;
        let unit = split_unit(heading).1.or(self.sheet.unit).unwrap_or(self.unit);
        let amount = match measured(&cell.text, unit, heading, &cell.place) {
            Ok(amount) => {
                if said.back {
                    -amount.abs()
                } else {
                    amount
                }
            }
            Err(problem) => return self.problems.push(problem),
        };
        let Some(source) = said.source.clone() else { return };
        let Some(year) = said.year.or(self.title.year) else {
            return self.problems.push(Problem::new(Code::E778, &cell.place));
        };
        let Some(scope) = said.scope.or(self.title.scope).or(self.asked) else {
            return self.problems.push(Problem::new(Code::E777, &Place::File(self.sheet.file)));
        };
        let month = self.title.month();
        let period = match said.period.or(self.title.period) {
            None => Period::ToDate(MONTHS),
            Some(Period::ThisMonth) => month.map_or(Period::ToDate(MONTHS), Period::Month),
            Some(Period::ToThisMonth) => Period::ToDate(month.unwrap_or(MONTHS)),
            Some(period) => period,
        };
        let key = Key { county, town, source, year };
        self.cells.entry((key, scope == Scope::Local)).or_default().push((period, amount, cell.place.clone()));
    }

    /// What was not read, each kind in one notice.
    fn tell(&mut self) {
        for (code, cells) in [(Code::W773, &self.unknown), (Code::W774, &self.no_town), (Code::W775, &self.central)] {
            let mut names: Vec<&str> = cells.iter().map(|c| c.text.as_str()).collect();
            names.dedup();
            names.truncate(MONTHS as usize);
            if let Some(first) = cells.first() {
                self.problems.push(Problem::new(code, &first.place).with_list("names", names));
            }
        }
    }

    /// The amounts of every key; where both scopes stand the gross one holds.
    fn sums(self) -> Collected {
        let mut collected = Collected::new();
        for ((key, local), cells) in self.cells {
            let scope = if local { Scope::Local } else { Scope::Gross };
            if let Some(amount) = sum(&key, scope, &cells, self.problems)
                && !collected.contains_key(&key)
            {
                collected.insert(key, amount);
            }
        }
        collected
    }
}

/// Months and sums up to a month as one amount; months must have no hole, and must agree with the sums.
fn sum(key: &Key, scope: Scope, cells: &[(Period, Fen, Place)], problems: &mut Problems) -> Option<Amount> {
    let (mut months, mut until): (BTreeMap<u32, Fen>, BTreeMap<u32, Fen>) = (BTreeMap::new(), BTreeMap::new());
    for (period, amount, _) in cells {
        match period {
            Period::Month(month) => *months.entry(*month).or_default() += amount,
            Period::ToDate(month) => *until.entry(*month).or_default() += amount,
            Period::ThisMonth | Period::ToThisMonth => {}
        }
    }
    let place = cells.first().map(|(.., place)| place.clone())?;
    let hole = (1..).zip(months.keys()).find(|(n, month)| n != *month).map(|(n, _)| n);
    if let Some(hole) = hole.filter(|_| until.is_empty()) {
        problems.push(about(Code::E779, key, &place).with("month", hole));
        return None;
    }
    let mut running = 0;
    let by_month: BTreeMap<u32, Fen> = months
        .iter()
        .filter(|_| hole.is_none())
        .map(|(month, amount)| {
            running += amount;
            (*month, running)
        })
        .collect();
    for (month, amount) in &until {
        if let Some(sum) = by_month.get(month).filter(|sum| *sum != amount) {
            problems.push(about(Code::W777, key, &place).with("month", month).with("amount", MoneyUnit::WanYuan.print(*amount)).with("sum", MoneyUnit::WanYuan.print(*sum)));
        }
    }
    let (last_month, last_sum) = (by_month.last_key_value(), until.last_key_value());
    let (months, to_date) = match (last_month, last_sum) {
        (Some((a, sum)), Some((b, _))) if a > b => (*a, *sum),
        (_, Some((month, amount))) | (Some((month, amount)), None) => (*month, *amount),
        (None, None) => return None,
    };
    let by_month = by_month.into_iter().chain(until).collect();
    Some(Amount { to_date, months, by_month, scope, place })
}

/// A problem about one town's tax.
pub fn about(code: Code, key: &Key, place: &Place) -> Problem {
    let title = words::title(&key.source).unwrap_or(&key.source);
    Problem::new(code, place).with("town", &key.town).with("item", title).with("year", key.year)
}

/// The month of `2016-09`, `2016.9`, `2016-09-30`.
fn dated_month(text: &str) -> Option<u32> {
    let plain = crate::load::csv::half_width(text);
    let mut fields = plain.split(['-', '.', '/']);
    fields.next().filter(|year| year.len() == 4)?;
    fields.next()?.parse().ok().filter(|month| (1..=MONTHS).contains(month))
}
