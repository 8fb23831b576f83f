//! Agreements: who is in which from when, and which sources are shared together.

use std::collections::BTreeSet;

use super::{Book, Maker, Source, list};

/// An agreement before its parts.
struct Plan {
    id: String,
    towns: String,
    from: String,
    /// The years in which it starts in one town or another.
    starts: Vec<i32>,
    end: Option<String>,
    successor: Option<String>,
    /// The first year of the horizon in which it may be in force.
    earliest: i32,
}

/// A sharing part that others may remit from.
pub struct Shared {
    pub id: String,
    pub has_over: bool,
}

/// What a part shares.
pub struct Basket {
    pub ids: Vec<String>,
    pub has_land: bool,
    pub may_be_negative: bool,
    /// All its sources stand in one book in all years.
    pub one_book: bool,
}

impl Basket {
    fn of(sources: &[Source]) -> Self {
        let books: Vec<Book> = sources.iter().map(|s| s.book).collect();
        Self {
            ids: sources.iter().map(|s| s.id.clone()).collect(),
            has_land: sources.iter().any(|s| s.kind == "land"),
            may_be_negative: sources.iter().any(|s| s.may_be_negative),
            one_book: books.iter().all(|b| *b != Book::Changing && *b == books[0]),
        }
    }
}

impl Maker {
    pub fn agreements(&mut self) {
        for plan in self.regime() {
            let Plan { id, towns, from, .. } = &plan;
            self.line(format!("\n[agreement.{id}]\nname = \"体制{id}\"\ntowns = {towns}\nfrom = {from}"));
            for text in plan.end.iter().cloned().chain(plan.successor.iter().map(|s| format!("successor = \"{s}\""))) {
                self.line(text);
            }
            self.parts_of(&plan);
        }
    }

    /// The first agreement holds everywhere from the beginning; the others come later, each starting in a year of its own.
    fn regime(&mut self) -> Vec<Plan> {
        let count = self.random.count(1, 3);
        let start = self.first - self.random.year(0, 3);
        let mut used = BTreeSet::from([start]);
        let mut plans = vec![Plan {
            id: "a0".to_owned(),
            towns: "\"all\"".to_owned(),
            from: start.to_string(),
            starts: vec![start],
            end: None,
            successor: None,
            earliest: self.first,
        }];
        for at in 1..count {
            plans.extend(self.later_agreement(at, &mut used));
        }
        let ids: Vec<String> = plans.iter().map(|p| p.id.clone()).collect();
        for at in 0..plans.len() {
            if ids.len() > 1 && self.random.chance(35) {
                self.give_end(at, &mut plans, &ids, &mut used);
            }
        }
        plans
    }

    fn later_agreement(&mut self, at: usize, used: &mut BTreeSet<i32>) -> Option<Plan> {
        let cohorts: Vec<i32> = self.towns.iter().map(|t| t.cohort).collect();
        let by_cohort = self.random.chance(30) && cohorts.iter().all(|year| !used.contains(year));
        let year = self.random.year(self.first, self.last + 1);
        let (from, starts) = if by_cohort { ("\"cohort\"".to_owned(), cohorts) } else { (year.to_string(), vec![year]) };
        if !by_cohort && used.contains(&year) {
            return None;
        }
        used.extend(&starts);
        let earliest = starts.iter().map(|year| (*year).max(self.first)).min()?;
        Some(Plan { id: format!("a{at}"), towns: self.selection(), from, starts, end: None, successor: None, earliest })
    }

    /// An end, and often a successor; the first agreement needs one.
    fn give_end(&mut self, at: usize, plans: &mut [Plan], ids: &[String], used: &mut BTreeSet<i32>) {
        let term = self.random.year(1, 5);
        let ends: Vec<i32> = plans[at].starts.iter().map(|start| start + term - 1).collect();
        if at == 0 && ends[0] < self.first {
            return;
        }
        let next: Vec<i32> = ends.iter().map(|end| end + 1).collect();
        let other: Vec<usize> = (0..ids.len()).filter(|other| *other != at).collect();
        if next.iter().any(|year| used.contains(year)) {
            return;
        }
        let by_term = plans[at].starts.len() > 1 || plans[at].from.starts_with('"') || self.random.chance(50);
        plans[at].end = Some(if by_term { format!("term = {term}") } else { format!("until = {}", ends[0]) });
        if at == 0 || self.random.chance(60) {
            let successor = *self.random.pick(&other);
            plans[at].successor = Some(ids[successor].clone());
            let earliest = next.iter().map(|year| (*year).max(self.first)).min().unwrap_or(self.first);
            plans[successor].earliest = plans[successor].earliest.min(earliest);
            used.extend(&next);
        }
    }

    /// Every source in exactly one sharing part; then what is remitted.
    fn parts_of(&mut self, plan: &Plan) {
        let (mut sources, of_state): (Vec<Source>, Vec<Source>) = self.sources.iter().cloned().partition(|source| source.book != Book::Always("state_capital"));
        self.random.shuffle(&mut sources);
        let mut shared = Vec::new();
        for source in of_state {
            let (form, share) = (self.random.word(&["full", "none", "ratio"]), self.dated_share(100));
            let share = if form == "ratio" { format!("\nshare = {share}") } else { String::new() };
            self.line(format!("\n[agreement.{}.of_state]\nof = [\"{}\"]\nform = \"{form}\"{share}", plan.id, source.id));
        }
        if self.uses("of_select", 30) {
            self.line(format!("\n[agreement.{}.of_none]\nof = {{ any = [\"nowhere\"] }}\nform = \"full\"", plan.id));
        }
        let mut left = &sources[..];
        while !left.is_empty() {
            let land_alone = left[0].kind == "land" && self.random.chance(70);
            let take = if land_alone { 1 } else { self.random.count(1, left.len()) };
            let (basket, rest) = left.split_at(take);
            left = rest;
            let id = format!("part{}", shared.len());
            let path = format!("agreement.{}.{id}", plan.id);
            let basket = Basket::of(basket);
            let of = if left.is_empty() && self.uses("of_select", 40) { "\"rest\"".to_owned() } else { self.basket_text(&basket.ids) };
            self.line(format!("\n[{path}]\nof = {of}"));
            let has_over = self.sharing_form(&path, &basket, plan.earliest);
            shared.push(Shared { id, has_over });
        }
        for at in 0..self.random.count(0, 3) {
            let target = self.random.count(0, shared.len() - 1);
            self.remitting_part(&format!("agreement.{}.remit{at}", plan.id), &shared[target]);
        }
    }

    fn basket_text(&mut self, ids: &[String]) -> String {
        if self.uses("of_select", 30) {
            let with_land = ids.len() == 1 && ids[0] == "land";
            return if with_land { "{ kind = \"land\" }".to_owned() } else { format!("{{ any = {} }}", list(&[ids, &["nowhere".to_owned()]].concat())) };
        }
        if self.random.chance(80) {
            return list(ids);
        }
        let group = format!("group{}", self.groups.len());
        self.groups.push((group.clone(), ids.to_vec()));
        format!("\"{group}\"")
    }
}
