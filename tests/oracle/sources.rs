//! 3. Sources 收入: gross amounts and what the upper levels take of them.

use toml::Table;

use super::books::Income;
use super::dates::{ALL_YEAR, Day, Life, PIECES, Year, around_end};
use super::number::{Whole, divide, part_of, take, times};
use super::town::Town;
use super::written::{acts, bare, flag, ratio, table, text, word};

/// One stream of a source in a year: its gross and the part of the year in which it exists.
#[derive(Clone, Copy, Debug)]
pub struct Stream {
    pub gross: Whole,
    pub life: Life,
    /// The firm move it came by, in file order.
    pub moved: Option<usize>,
}

/// A source in a year: gross, then what each level takes, then a partner's part, then what is left to county and town.
#[derive(Clone, Copy, Debug, Default)]
pub struct Split {
    pub gross: Whole,
    pub central: Whole,
    pub province: Whole,
    pub city: Whole,
    pub partner: Whole,
    pub local: Whole,
}

impl Split {
    fn add(&mut self, other: Self) {
        self.gross += other.gross;
        self.central += other.central;
        self.province += other.province;
        self.city += other.city;
        self.partner += other.partner;
        self.local += other.local;
    }
}

impl Town<'_> {
    /// The streams of the sources that do not rest on others.
    pub fn gather(&mut self, year: Year) {
        self.income = Income::default();
        for (id, source) in acts(self.written.root, "source") {
            if !["land", "derived"].contains(&word(source, "kind").expect("a kind")) {
                self.keep_streams(id, year);
            }
        }
    }

    /// Those that are derived from them.
    pub fn derive(&mut self, year: Year) {
        for (id, source) in acts(self.written.root, "source") {
            if word(source, "kind") == Some("derived") {
                self.keep_streams(id, year);
            }
        }
    }

    fn keep_streams(&mut self, id: &str, year: Year) {
        let mut streams = self.make_streams(id, year);
        if let Some(capital) = self.capital.as_ref().filter(|capital| capital.carries(id)) {
            let factor = capital.factor();
            streams.iter_mut().for_each(|stream| stream.gross = times(stream.gross, factor));
        }
        self.streams.insert((id.to_owned(), year), streams);
    }

    /// Everyone above the county and the partner take their part.
    pub fn split_sources(&mut self, year: Year) {
        for (id, source) in acts(self.written.root, "source") {
            let split = if word(source, "kind") == Some("land") { self.note_land(id, source, year) } else { self.split(id, year) };
            self.gross.insert((id.to_owned(), year), split.gross);
            self.local.insert((id.to_owned(), year), split.local);
            for (item, amount) in [("gross", split.gross), ("central", split.central), ("province", split.province), ("city", split.city)] {
                self.note(year, format!("source.{id}.{item}"), amount);
            }
            self.note(year, format!("source.{id}.partner"), split.partner);
            if source.get("partner").is_some_and(|partner| word(table(partner), "holder") == Some("county")) {
                self.give_county(year, split.partner);
            }
            self.note(year, format!("source.{id}.local"), split.local);
        }
    }

    fn note_land(&mut self, id: &str, source: &Table, year: Year) -> Split {
        let land = self.land[&year].clone();
        let rules = source.get("due").map(table);
        let to = |party: &str| land.due.iter().filter(|(id, _)| rules.and_then(|r| word(table(&r[id.as_str()]), "to")) == Some(party)).map(|(_, amount)| amount).sum();
        let split = Split { gross: land.cash, central: land.fee_central, province: to("province"), city: to("city"), partner: 0, local: land.shareable };
        assert!(!source.contains_key("partner"), "{id}: land has no partner");
        let chain = [("contract", land.contract), ("cash", land.cash), ("cost", land.cost), ("base", land.base), ("loss", land.loss)];
        let fees = [("fee_central", land.fee_central), ("fee_local", land.fee_local), ("farmland", land.farmland), ("shareable", land.shareable)];
        for (item, amount) in chain.into_iter().chain(fees) {
            self.note(year, format!("land.{item}"), amount);
        }
        for (name, amount) in land.put_aside {
            self.note(year, format!("land.setaside.{name}"), amount);
        }
        for (name, amount) in land.due {
            self.note(year, format!("land.due.{name}"), amount);
        }
        split
    }

    /// Central, province and city take of every stream in this order, then the partner; the rest is the local part.
    fn split(&self, id: &str, year: Year) -> Split {
        let mut split = Split::default();
        for stream in &self.streams[&(id.to_owned(), year)] {
            split.add(self.split_stream(id, year, *stream));
        }
        split
    }

    pub fn split_stream(&self, id: &str, year: Year, stream: Stream) -> Split {
        let mut left = stream.gross;
        let mut taken = [0; 3];
        for (level, part) in ["central", "province", "city"].into_iter().zip(&mut taken) {
            *part = self.upper(level, id, year, stream, left);
            left -= *part;
        }
        let share = self.source(id).get("partner").map(|partner| self.written.ratio_while(&table(partner)["share"], year, stream.life));
        let partner = take(share.unwrap_or(0), left, left);
        Split { gross: stream.gross, central: taken[0], province: taken[1], city: taken[2], partner, local: left - partner }
    }

    fn upper(&self, level: &str, id: &str, year: Year, stream: Stream, left: Whole) -> Whole {
        let Some((_, shares)) = acts(self.written.root, "upper").into_iter().find(|(l, _)| *l == level) else { return 0 };
        let own = shares.get(id);
        let rate = own.or_else(|| shares.get("other")).unwrap_or_else(|| panic!("upper.{level} says nothing of {id}"));
        let of = own.and_then(|own| own.as_table()).and_then(|t| t.get("of")).unwrap_or(&shares["of"]);
        let base = if text(bare(of)) == "gross" { stream.gross } else { left };
        take(self.written.ratio_while(rate, year, stream.life), base, left)
    }

    fn make_streams(&self, id: &str, year: Year) -> Vec<Stream> {
        let source = self.source(id);
        let mut streams = match word(source, "kind") {
            Some("driven") => self.driven(id, source, year),
            Some("series") => vec![whole_year(self.series(source, year))],
            Some("derived") => vec![whole_year(self.derived(source, year))],
            Some("concession") => vec![whole_year(self.concession(source, year))],
            Some("fee") => vec![whole_year(self.fee(source, year))],
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
    fn amount_of_whole_year(&self, id: &str, source: &Table, year: Year) -> Whole {
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
        let whole = self.amount_of_whole_year(id, source, year);
        let life = last_day(source).map_or(ALL_YEAR, |day| around_end(day, year).0);
        vec![Stream { gross: divide(whole * life.length(), PIECES), life, moved: None }]
    }

    /// What an ended source goes on as in another one.
    fn continued(&self, id: &str, ended: &Table, year: Year) -> Stream {
        let (before, life) = around_end(last_day(ended).expect("a source that becomes another ends"), year);
        let whole = self.amount_of_whole_year(id, ended, year);
        let rest = whole - divide(whole * before.length(), PIECES);
        let gross = ended.get("becomes_at").map_or(rest, |at| part_of(rest, self.written.ratio(at, year)));
        Stream { gross, life, moved: None }
    }

    fn series(&self, source: &Table, year: Year) -> Whole {
        self.written.amount_growing(&source["amount"], source, year)
    }

    fn derived(&self, source: &Table, year: Year) -> Whole {
        let on = source["on"].as_array().expect("a list of sources");
        let base: Whole = on.iter().map(|id| self.streams[&(text(id).to_owned(), year)].iter().map(|s| s.gross).sum::<Whole>()).sum();
        part_of(base, self.written.ratio(&source["rate"], year))
    }

    /// 12. Concession 特许经营: a rate on the turnover, not less than a minimum.
    fn concession(&self, source: &Table, year: Year) -> Whole {
        let least = source.get("minimum").map_or(0, |minimum| self.written.amount(minimum, year));
        part_of(self.written.amount(&source["turnover"], year), self.written.ratio(&source["rate"], year)).max(least)
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

fn whole_year(gross: Whole) -> Stream {
    Stream { gross, life: ALL_YEAR, moved: None }
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
