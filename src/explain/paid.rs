//! The project stage: what was planned and due, which money paid for it, and what that left.

use super::{Explainer, Formula, Key, Part};
use crate::plan::Lane;
use crate::plan::projects::{Mode, Projects};

/// The lanes the stage writes.
pub(super) fn lanes(stage: &Projects) -> Vec<Lane> {
    let mut lanes = vec![stage.planned, stage.due, stage.paid, stage.unpaid, stage.upkeep, stage.general.after, stage.fund.after];
    lanes.extend(stage.finished_cost);
    lanes.extend(stage.earmarks.iter().map(|pot| pot.after));
    lanes.extend(stage.matches.iter().map(|grant| grant.out));
    lanes
}

const fn sum(plus: Vec<Formula>, minus: Vec<Formula>) -> Formula {
    Formula::Sum(plus, minus)
}

impl Explainer<'_> {
    fn stage(&self) -> &Projects {
        &self.run.compiled.plan.projects
    }

    fn carries(&self) -> bool {
        self.stage().mode != Mode::Unconstrained
    }

    /// Something of a project in a year, as the run recorded it.
    pub(super) fn of_project(&self, project: usize, part: Part, year: usize) -> f64 {
        let (plan, paid) = (&self.stage().list[project], &self.run.outcome.payments[project][year]);
        match part {
            Part::Planned => plan.due[year],
            Part::Owed => match year {
                0 => 0.0,
                _ if self.carries() => self.of_project(project, Part::Due, year - 1) - self.of_project(project, Part::Paid, year - 1),
                _ => 0.0,
            },
            Part::Due => paid.due,
            Part::Paid => paid.paid(),
            Part::Earmarked => paid.earmarked,
            Part::Matched => paid.matched,
            Part::Fund => paid.fund,
            Part::General => paid.general,
            Part::Upkeep => plan.upkeep,
            Part::Cost => plan.cost,
        }
    }

    pub(super) fn project_formula(&self, project: usize, part: Part, year: usize) -> Formula {
        let of = |part: Part| Formula::Key(Key::Project(project, part, year));
        let value = self.of_project(project, part, year);
        let place = self.stage().list[project].town;
        let money = |before: Lane| Formula::Given(value, vec![Key::Project(project, Part::Due, year), Key::Lane(before, year, place)]);
        match part {
            Part::Planned | Part::Upkeep | Part::Cost => Formula::Number(value),
            Part::Owed if year > 0 && self.carries() => {
                let before = |part: Part| vec![Formula::Key(Key::Project(project, part, year - 1))];
                sum(before(Part::Due), before(Part::Paid))
            }
            Part::Owed => Formula::Number(0.0),
            Part::Due => sum(vec![of(Part::Planned), of(Part::Owed)], Vec::new()),
            Part::Paid => sum([Part::Earmarked, Part::Matched, Part::Fund, Part::General].map(of).into(), Vec::new()),
            Part::General => money(self.stage().general.before),
            Part::Fund => money(self.stage().fund.before),
            Part::Earmarked => {
                let pots = self.stage().list[project].earmarks.iter().map(|pot| Key::Lane(self.stage().earmarks[*pot].before, year, place));
                Formula::Given(value, std::iter::once(Key::Project(project, Part::Due, year)).chain(pots).collect())
            }
            Part::Matched => {
                let grants = &self.stage().matches;
                let shares = self.stage().list[project].matched.iter().map(|n| Key::Table(grants[*n].share, year, place));
                Formula::Given(value, std::iter::once(Key::Project(project, Part::Due, year)).chain(shares).collect())
            }
        }
    }

    /// The projects of a town.
    fn of_town(&self, place: usize, part: Part, year: usize, chosen: impl Fn(usize) -> bool) -> Vec<Formula> {
        let range = self.stage().by_town.get(place).cloned().unwrap_or_default();
        range.filter(|n| chosen(*n)).map(|n| Formula::Key(Key::Project(n, part, year))).collect()
    }

    /// What an earmark paid: recorded by project for all earmarks together.
    pub(super) fn drawn_formula(&self, pot: usize, year: usize, place: usize) -> Formula {
        let range = self.stage().by_town.get(place).cloned().unwrap_or_default();
        let paid = range.filter(|n| self.stage().list[*n].earmarks.contains(&pot) && self.of_project(*n, Part::Earmarked, year) != 0.0);
        Formula::Given(self.value(Key::Drawn(pot, year, place)), paid.map(|n| Key::Project(n, Part::Earmarked, year)).collect())
    }

    pub(super) fn stage_formula(&self, lane: Lane, year: usize, place: usize) -> Formula {
        let stage = self.stage();
        let key = |lane: Lane| vec![Formula::Key(Key::Lane(lane, year, place))];
        let all = |part: Part| self.of_town(place, part, year, |_| true);
        let finished = &self.run.outcome.finished;
        if lane == stage.planned {
            return sum(all(Part::Planned), Vec::new());
        }
        if lane == stage.due {
            return sum(all(Part::Due), Vec::new());
        }
        if lane == stage.paid {
            return sum(all(Part::Paid), Vec::new());
        }
        if lane == stage.unpaid {
            return sum(key(stage.due), key(stage.paid));
        }
        if lane == stage.upkeep {
            let done = |n: usize| finished[n].is_some_and(|y| y <= year) || stage.list[n].planned_finish < 0;
            return sum(self.of_town(place, Part::Upkeep, year, done), Vec::new());
        }
        if stage.finished_cost == Some(lane) {
            return sum(self.of_town(place, Part::Cost, year, |n| finished[n] == Some(year)), Vec::new());
        }
        for (pot, part) in [(stage.general, Part::General), (stage.fund, Part::Fund)] {
            if lane == pot.after {
                return sum(key(pot.before), all(part));
            }
        }
        if let Some(n) = stage.earmarks.iter().position(|pot| pot.after == lane) {
            return sum(key(stage.earmarks[n].before), vec![Formula::Key(Key::Drawn(n, year, place))]);
        }
        let matched = self.of_town(place, Part::Matched, year, |n| self.of_project(n, Part::Matched, year) != 0.0);
        Formula::Given(self.run.outcome.at(lane, year, place), matched.iter().filter_map(Formula::same).collect())
    }
}
