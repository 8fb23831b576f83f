//! 3. Sources 收入: gross amounts and what the upper levels take of them.

use toml::Table;

use super::dates::{ALL_YEAR, Day, Life, PIECES, Year, around_end};
use super::number::{Whole, divide, part_of, take, times};
use super::town::Town;
use super::written::{acts, bare, flag, ratio, table, text, word};

/// One stream of a source in a year: its gross and the part of the year in which it exists.
#[derive(Clone, Copy, Debug)]
struct Stream {
    gross: Whole,
    life: Life,
}

/// A source in a year: gross, then what each level takes, then what is left to county and town.
#[derive(Clone, Copy, Debug, Default)]
pub struct Split {
    pub gross: Whole,
    pub central: Whole,
    pub province: Whole,
    pub city: Whole,
    pub local: Whole,
}

impl Town<'_> {
    /// Central, province and city take of every stream in this order; the rest is the local part.
    pub fn split(&self, id: &str, year: Year) -> Split {
        let mut split = Split::default();
        for stream in self.streams(id, year) {
            let mut left = stream.gross;
            let mut taken = [0; 3];
            for (level, part) in ["central", "province", "city"].into_iter().zip(&mut taken) {
                *part = self.upper(level, id, year, stream, left);
                left -= *part;
            }
            split.gross += stream.gross;
            split.central += taken[0];
            split.province += taken[1];
            split.city += taken[2];
            split.local += left;
        }
        split
    }

    fn upper(&self, level: &str, id: &str, year: Year, stream: Stream, left: Whole) -> Whole {
        let Some((_, shares)) = acts(self.written.root, "upper").into_iter().find(|(l, _)| *l == level) else { return 0 };
        let own = shares.get(id);
        let rate = own.or_else(|| shares.get("other")).unwrap_or_else(|| panic!("upper.{level} says nothing of {id}"));
        let of = own.and_then(|own| own.as_table()).and_then(|t| t.get("of")).unwrap_or(&shares["of"]);
        let base = if text(bare(of)) == "gross" { stream.gross } else { left };
        take(self.written.ratio_while(rate, year, stream.life), base, left)
    }

    fn streams(&self, id: &str, year: Year) -> Vec<Stream> {
        let source = self.source(id);
        let mut streams = match word(source, "kind") {
            Some("driven") => self.driven(id, source, year),
            Some("series") => vec![Stream { gross: self.series(source, year), life: ALL_YEAR }],
            Some("derived") => vec![Stream { gross: self.derived(source, year), life: ALL_YEAR }],
            Some("fee") => vec![Stream { gross: self.fee(source, year), life: ALL_YEAR }],
            other => panic!("{id}: kind {other:?} has no streams"),
        };
        if let Some(refunds) = source.get("refunds") {
            streams[0].gross -= self.written.amount(refunds, year);
        }
        for (other, ended) in acts(self.written.root, "source") {
            if word(ended, "becomes") == Some(id) {
                streams.push(self.continued(other, ended, year));
            }
        }
        streams
    }

    /// The whole year's amount, whether or not the source ends within it.
    fn whole_year(&self, id: &str, source: &Table, year: Year) -> Whole {
        let base = match source.get("base") {
            Some(base) => self.written.amount(base, year),
            None => {
                let title = word(source, "name").unwrap_or(id);
                super::written::money(self.written.cell(title), self.written.unit())
            }
        };
        times(base, self.written.index(source, self.years.base, year))
    }

    fn driven(&self, id: &str, source: &Table, year: Year) -> Vec<Stream> {
        let whole = self.whole_year(id, source, year);
        let life = last_day(source).map_or(ALL_YEAR, |day| around_end(day, year).0);
        vec![Stream { gross: divide(whole * life.length(), PIECES), life }]
    }

    /// What an ended source goes on as in another one.
    fn continued(&self, id: &str, ended: &Table, year: Year) -> Stream {
        let (before, life) = around_end(last_day(ended).expect("a source that becomes another ends"), year);
        let whole = self.whole_year(id, ended, year);
        let rest = whole - divide(whole * before.length(), PIECES);
        let gross = ended.get("becomes_at").map_or(rest, |at| part_of(rest, self.written.ratio(at, year)));
        Stream { gross, life }
    }

    fn series(&self, source: &Table, year: Year) -> Whole {
        self.written.amount_growing(&source["amount"], source, year)
    }

    fn derived(&self, source: &Table, year: Year) -> Whole {
        let on = source["on"].as_array().expect("a list of sources");
        let base: Whole = on.iter().map(|id| self.streams(text(id), year).iter().map(|s| s.gross).sum::<Whole>()).sum();
        part_of(base, self.written.ratio(&source["rate"], year))
    }

    /// 6. Fee 配套费: the floor space built this year, of the land of this year and the years before, times the rate.
    fn fee(&self, source: &Table, year: Year) -> Whole {
        let shares: Vec<Whole> = source["build_out"].as_array().expect("a list of shares").iter().map(ratio).collect();
        let mut built = 0;
        for (lag, share) in shares.iter().enumerate() {
            let floor = self.floor_space(source, year - lag as Year);
            built += if lag + 1 < shares.len() { part_of(floor, *share) } else { floor - shares[..lag].iter().map(|earlier| part_of(floor, *earlier)).sum::<Whole>() };
        }
        built * self.written.amount(&source["rate"], year)
    }

    /// m² on the land contracted in a year: 666.67 m² a 亩 × plot ratio × what is not exempt, by use.
    fn floor_space(&self, source: &Table, year: Year) -> Whole {
        let land = self.source(text(&source["land"]));
        let plot = self.written.ratio(&source["plot_ratio"], year);
        let charged = 1_000_000 - source.get("exempt").map_or(0, |exempt| self.written.ratio(exempt, year));
        let uses = table(&land["use"]).iter().filter(|(_, terms)| flag(table(terms), "builds"));
        // area in 0.01 亩, square metres in hundredths, two ratios in millionths
        uses.map(|(id, _)| divide(self.area_sold(id, year) * 66_667 * plot * charged, 10_000 * 1_000_000 * 1_000_000)).sum()
    }
}

fn last_day(source: &Table) -> Option<Day> {
    source.get("until").map(|day| {
        let text = match bare(day) {
            toml::Value::Datetime(day) => day.to_string(),
            day => text(day).to_owned(),
        };
        Day::parse(&text).unwrap_or_else(|| panic!("not a day: {text}"))
    })
}
