//! The lines of one worksheet: coefficients, lanes, projects, each a row with a cell a year.

use super::coefficient::Inputs;
use super::project::Stage;
use super::{Cell, Grid, Maker, Spot};
use crate::base::lang::{Lang, Words};
use crate::plan::{Domain, Lane, TableId, Unit, table::Shown};
use crate::workbook::words::pick;

/// A row of a worksheet.
#[derive(Clone, Debug)]
pub enum Row {
    /// A heading over rows.
    Heading(String),
    /// A figure by year.
    Line(Line),
}

/// A figure by year.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is called.
    pub name: String,
    /// Its path.
    pub path: String,
    /// How its numbers are read.
    pub shown: Measure,
    /// A cell a year.
    pub cells: Vec<Cell>,
    /// Whether the engine's values stand beside it.
    pub checked: bool,
}

/// How numbers of a line are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Whole fen, shown in 万元.
    Fen,
    /// Whole fen, shown as they are: prices, coefficients.
    FenEach,
    /// Whole 0.01 亩.
    CentiMu,
    /// Square metres.
    Metre,
    /// A share.
    Share,
    /// Anything else.
    Number,
}

impl Measure {
    /// Its unit in words.
    #[must_use]
    pub const fn words(self) -> Words {
        match self {
            Self::Fen => Words::new("万元（内为分）", "10k yuan (in fen)"),
            Self::FenEach => Words::new("分", "fen"),
            Self::CentiMu => Words::new("0.01亩", "0.01 mu"),
            Self::Metre => Words::new("平方米", "m²"),
            Self::Share => Words::new("比例", "share"),
            Self::Number => Words::new("数", "number"),
        }
    }

    const fn of_lane(unit: Unit) -> Self {
        match unit {
            Unit::Fen => Self::Fen,
            Unit::FenEach => Self::FenEach,
            Unit::CentiMu => Self::CentiMu,
            Unit::SquareMetre => Self::Metre,
            Unit::One => Self::Number,
        }
    }
}

impl Grid<'_> {
    /// All rows of a town's or county's worksheet.
    pub fn lines(&self, spot: Spot, inputs: &mut Inputs<'_>, lang: Lang) -> Vec<Row> {
        let stage = (spot.domain == Domain::Town).then(|| self.stage(spot.place, lang));
        let mut rows = vec![Row::Heading(pick(lang, "一、系数（由参数页的输入算出）", "1 Coefficients, made of the inputs").to_owned())];
        rows.extend(self.tables(spot.domain).iter().map(|table| Row::Line(self.coefficients(*table, spot, inputs, lang))));
        rows.push(Row::Heading(pick(lang, "二、逐步计算（与程序的运算一一对应）", "2 Calculation, step by step as the program does it").to_owned()));
        for (lane, maker) in self.lanes.iter().filter(|(lane, _)| self.run.compiled.plan.lane(*lane).domain == spot.domain) {
            rows.push(Row::Line(self.figures(*lane, maker, spot, stage.as_ref(), lang)));
        }
        if let Some(stage) = stage.filter(|stage| !stage.lines.is_empty()) {
            rows.push(Row::Heading(pick(lang, "三、项目支付（按优先级逐项）", "3 Projects, paid one by one by priority").to_owned()));
            rows.extend(stage.lines.into_iter().map(Row::Line));
        }
        rows
    }

    fn coefficients(&self, table: TableId, spot: Spot, inputs: &mut Inputs<'_>, lang: Lang) -> Line {
        let of = &self.run.compiled.plan.tables[table.0 as usize];
        let cells = (0..self.run.years()).map(|year| inputs.coefficient(self, table, year, spot)).collect();
        let shown = match of.shown {
            Shown::Share => Measure::Share,
            Shown::Fen => Measure::FenEach,
            Shown::Factor | Shown::Flag | Shown::Number => Measure::Number,
        };
        Line { name: coefficient(inputs.called(&of.name), &of.name, lang), path: of.name.clone(), shown, cells, checked: false }
    }

    fn figures(&self, lane: Lane, maker: &Maker, spot: Spot, stage: Option<&Stage>, lang: Lang) -> Line {
        let info = self.run.compiled.plan.lane(lane);
        let cell = |year: usize| {
            let formula = match maker {
                Maker::Expr(expr) => self.render(expr, year, spot),
                Maker::Rest(pool) => self.rest_of_pool(*pool, year, spot.place),
                Maker::Stage => stage.and_then(|stage| stage.formula(lane, year)),
                Maker::Met => None,
            };
            Cell::live(formula, self.run.outcome.at(lane, year, spot.place))
        };
        let name = if lang == Lang::Zh { &info.zh } else { &info.en };
        Line {
            name: name.clone(),
            path: info.name.clone(),
            shown: Measure::of_lane(info.unit),
            cells: (0..self.run.years()).map(cell).collect(),
            checked: true,
        }
    }
}

/// What the program makes of a rule beside its written values, by the last word of the path.
const MADE: &[(&str, Words)] = &[
    ("factor", Words::new("增长系数", "growth factor")),
    ("start", Words::new("起算年", "first year")),
    ("starts", Words::new("起算年", "first year")),
    ("in_force", Words::new("是否执行", "in force")),
    ("part_before_end", Words::new("停征前的部分", "part before its end")),
    ("count", Words::new("人数", "number of people")),
    ("base_year", Words::new("基期年", "base year")),
    ("owed", Words::new("上年以前应付", "owed from years before")),
    ("upkeep_before", Words::new("已建成项目的维护费", "upkeep of what is built already")),
];

/// A coefficient in words: the rule, and what of it.
fn coefficient(rule: String, path: &str, lang: Lang) -> String {
    let made = path.rsplit_once('/').and_then(|(_, last)| MADE.iter().find(|(key, _)| *key == last));
    match made {
        Some((_, words)) if path.starts_with("town/") => words.get(lang).to_owned(),
        Some((_, words)) => format!("{rule}{}{}", pick(lang, "·", ": "), words.get(lang)),
        None => rule,
    }
}
