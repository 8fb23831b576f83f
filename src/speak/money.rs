//! Transfers, recurrent spending, earmarks, projects, the county's account, opening balances.

use super::{Act, Section, Speaker};
use crate::base::amount::Fen;
use crate::plan::projects::Mode;
use crate::rules::{param::Param, span::Span, spending::Class, transfers::Giving, values::Start};
use crate::scenario::{Payer, Project};

impl Speaker<'_> {
    /// Transfers, one sentence each.
    pub(super) fn transfers(&self) -> Section {
        let speak = &self.speak;
        let act = |t: &crate::scenario::Transfer| {
            let payer = self.payer(t.payer);
            let book = if t.to_fund { speak.pick("政府性基金预算", "the government fund budget") } else { speak.pick("一般公共预算", "the general public budget") };
            let (towns, amount) = (self.towns(&t.towns), t.form.sentence(speak));
            let runs = self.span(t.span);
            let runs = if runs.is_empty() { runs } else { speak.pick(format!("{runs}，"), format!("{runs}, ")) };
            let earmark = t.earmark.and_then(|e| self.scenario.earmarks.get(e)).map(|e| speak.called(&e.name));
            let purpose = earmark.map_or_else(|| speak.pick("不限用途", "for any purpose"), |e| speak.pick(format!("专用于{e}"), format!("only as {e}")));
            let each = if matches!(t.form, Giving::Fixed(_)) && t.towns.iter().filter(|has| **has).count() > 1 { speak.pick("每镇", "each town ") } else { String::new() };
            let body = speak.pick(
                format!("{runs}由{payer}付给{towns}，{each}{amount}；列{book}，{purpose}"),
                format!("{runs}paid by {payer} to {towns}, {each}{amount}; it goes into {book}, {purpose}"),
            );
            self.act(format!("transfer.{}", t.id), &speak.called(&t.name), &body)
        };
        self.section("转移支付", "Transfers", self.scenario.transfers.iter().map(act).collect())
    }

    /// Recurrent lines, one sentence each.
    pub(super) fn spending(&self) -> Section {
        let speak = &self.speak;
        let act = |line: &crate::scenario::Spending| {
            let cost = line.cost.sentence(&line.towns, speak);
            let whose = if line.towns.iter().all(|has| *has) {
                String::new()
            } else {
                speak.pick(format!("只有{}", self.towns(&line.towns)), format!("only {}", self.towns(&line.towns)))
            };
            let payer = match line.payer {
                None => speak.pick("由镇支付", "paid by the town"),
                Some(payer) => speak.pick(format!("由{}支付", self.payer(payer)), format!("paid by {}", self.payer(payer))),
            };
            let function = line.function.map(|f| speak.pick(format!("功能分类为{}", f.words().zh), format!("its function is {}", f.words().en)));
            let mut clauses = vec![cost];
            clauses.extend(line.level.sentence(speak));
            clauses.extend([whose, self.span(line.span), payer]);
            clauses.extend(function);
            let title = speak.pick(format!("{}（{}）", line.name, class(line.class).0), format!("{} ({})", speak.called(&line.name), class(line.class).1));
            self.act(format!("spending.{}", line.id), &title, &speak.clauses(&clauses))
        };
        let mut acts: Vec<Act> = self.scenario.spending.iter().map(act).collect();
        if !acts.is_empty() {
            let order =
                speak.pick("钱不够时依次付工资、运转、基本民生、还本付息、其他", "when money is short wages are paid first, then operation, basic livelihood, debt service, other");
            acts.push(self.act("", "", &order));
        }
        self.section("经常性支出", "Recurrent spending", acts)
    }

    /// Who pays.
    pub(super) fn payer(&self, payer: Payer) -> String {
        let (zh, en) = match payer {
            Payer::Central => ("中央", "the centre"),
            Payer::Province => ("省", "the province"),
            Payer::City => ("市", "the city"),
            Payer::County => ("县", "the county"),
        };
        self.speak.pick(zh, en)
    }

    /// From when to when; nothing for a rule that always runs.
    pub(super) fn span(&self, span: Span) -> String {
        let speak = &self.speak;
        let from = span.from.map(|from| match from {
            Start::Year(year) => speak.pick(format!("{year}年起"), format!("from {year} on")),
            Start::Cohort => speak.pick("从各镇的批次年起", "from each town's cohort on"),
        });
        let until = span.until.map(|year| speak.pick(format!("到{year}年止"), format!("until {year}")));
        let both: Vec<String> = from.into_iter().chain(until).collect();
        both.join(&speak.pick("，", " "))
    }

    /// What earmarked money may pay for.
    pub(super) fn earmarks(&self) -> Section {
        let speak = &self.speak;
        let act = |e: &crate::scenario::Earmark| {
            let body = if e.classes.is_empty() {
                speak.pick("不能用于建项目", "may not pay for projects")
            } else {
                speak.pick(format!("可用于{}类项目", speak.list(&e.classes)), format!("may pay for projects of the classes {}", speak.list(&e.classes)))
            };
            self.act(format!("earmark.{}", e.id), &speak.called(&e.name), &body)
        };
        self.section("专项资金的用途", "What earmarked money is for", self.scenario.earmarks.iter().map(act).collect())
    }

    /// Count, total investment, who pays, and when the town's part falls due.
    pub(super) fn projects(&self) -> Section {
        let projects = &self.scenario.projects;
        if projects.is_empty() {
            return self.section("项目", "Projects", Vec::new());
        }
        let speak = &self.speak;
        let (count, cost) = (projects.len(), speak.money(projects.iter().map(|p| p.cost).sum()));
        let total = speak.pick(format!("共{count}个项目，总投资{cost}；其中{}", self.funding()), format!("{count} projects with a total investment of {cost}: {}", self.funding()));
        let due: Vec<String> = (self.scenario.first_year..=self.scenario.last_year)
            .map(|year| (year, projects.iter().map(|p| p.due(year)).sum::<Fen>()))
            .filter(|(_, due)| *due != 0)
            .map(|(year, due)| speak.pick(format!("{year}年{}", speak.money(due)), format!("{} in {year}", speak.money(due))))
            .collect();
        let due = speak.pick(format!("镇级部分按进度：{}", speak.list(&due)), format!("the town's part falls due as follows: {}", speak.list(&due)));
        let mode = match self.scenario.mode {
            Mode::Unconstrained => speak.pick("照计划列支，钱不够就显示缺口", "the plan stands and the gap is shown"),
            Mode::Constrained { strict: false } => {
                speak.pick("按优先级有多少钱办多少事，办不完的往后拖", "projects are paid in order of priority as far as the money goes; the rest slips")
            }
            Mode::Constrained { strict: true } => {
                speak.pick("按优先级严格排队，前一个没付足，后面的不付", "projects strictly wait for each other: after one that could not be paid in full no later one is paid")
            }
        };
        let mut acts: Vec<Act> = [total, self.by_class(projects), due].iter().map(|body| self.act("", "", body)).collect();
        acts.push(self.act("projects.mode", "", &mode));
        self.section("项目", "Projects", acts)
    }

    fn funding(&self) -> String {
        let speak = &self.speak;
        let sum = |part: fn(&Project) -> Fen| self.scenario.projects.iter().map(part).sum::<Fen>();
        let parts = [
            (sum(|p| p.funding.society), "社会投资", "investors"),
            (sum(|p| p.funding.upper), "上级专项", "special grants from above"),
            (sum(|p| p.funding.county), "县级", "the county"),
            (sum(|p| p.funding.bond), "债券", "bonds"),
            (sum(|p| p.funding.land_development), "土地前期开发", "land development"),
            (sum(|p| p.funding.town), "镇级", "the town"),
        ];
        let said: Vec<String> =
            parts.iter().filter(|(fen, ..)| *fen != 0).map(|(fen, zh, en)| speak.pick(format!("{zh}{}", speak.money(*fen)), format!("{} from {en}", speak.money(*fen)))).collect();
        speak.list(&said)
    }

    fn by_class(&self, projects: &[Project]) -> String {
        let speak = &self.speak;
        let mut classes: Vec<(&str, usize, Fen, Fen)> = Vec::new();
        for p in projects {
            match classes.iter_mut().find(|(class, ..)| *class == p.class) {
                Some((_, count, cost, town)) => (*count, *cost, *town) = (*count + 1, *cost + p.cost, *town + p.funding.town),
                None => classes.push((&p.class, 1, p.cost, p.funding.town)),
            }
        }
        let say = |(class, count, cost, town): &(&str, usize, Fen, Fen)| {
            let (cost, town) = (speak.money(*cost), speak.money(*town));
            let class = if class.is_empty() { speak.pick("未分类", "no class") } else { (*class).to_owned() };
            speak.pick(format!("{class}{count}个{cost}（镇级{town}）"), format!("{class} {count}, {cost} (the town {town})"))
        };
        let said: Vec<String> = classes.iter().map(say).collect();
        speak.pick(format!("按类别：{}", said.join("，")), format!("by class: {}", said.join("; ")))
    }

    /// The county's own account.
    pub(super) fn county(&self) -> Section {
        let Some(county) = &self.scenario.county else { return self.section("县级账", "The county's account", Vec::new()) };
        let lines = [
            (Some(&county.own_revenue), "own_revenue", "县本级财力（不含测算各镇）", "own revenue without these towns"),
            (Some(&county.three_guarantees), "three_guarantees", "县级“三保”支出", "the county's three guarantees"),
            (county.debt_service.as_ref(), "debt_service", "还本付息", "debt service"),
            (county.other_spending.as_ref(), "other_spending", "其他支出", "other spending"),
            (county.opening_balance.as_ref(), "opening_balance", "期初结余", "opening balance"),
        ];
        self.section("县级账", "The county's account", self.amounts("county_account", &lines))
    }

    /// Opening balances of the towns.
    pub(super) fn opening(&self) -> Section {
        let opening = &self.scenario.opening;
        let lines = [(opening.general.as_ref(), "general", "一般公共预算净结余", "general balance"), (opening.fund.as_ref(), "fund", "政府性基金净结余", "fund balance")];
        let mut acts = self.amounts("opening", &lines);
        if acts.is_empty() {
            acts.push(self.act("opening", "", &self.speak.pick("没有写期初结余，按零起步", "no opening balances are written: towns start with nothing")));
        }
        self.section("镇的期初结余", "Opening balances of the towns", acts)
    }

    fn amounts(&self, path: &str, lines: &[(Option<&Param>, &str, &str, &str)]) -> Vec<Act> {
        let act = |(param, key, zh, en): &(Option<&Param>, &str, &str, &str)| {
            let body = self.speak.value((*param)?);
            Some(self.act(format!("{path}.{key}"), &self.speak.pick(*zh, *en), &body))
        };
        lines.iter().filter_map(act).collect()
    }
}

/// A class of recurrent spending.
const fn class(class: Class) -> (&'static str, &'static str) {
    match class {
        Class::Wages => ("工资", "wages"),
        Class::Operation => ("运转", "operation"),
        Class::Livelihood => ("基本民生", "basic livelihood"),
        Class::Debt => ("还本付息", "debt service"),
        Class::Other => ("其他", "other"),
    }
}
