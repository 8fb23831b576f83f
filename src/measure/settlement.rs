//! The settlement statement 年终结算单: shares, subsidies, remittances, settlement, in the layout a bureau knows.

use std::borrow::Cow;

use super::Run;
use super::cell::{Cell, Sheet};
use super::columns;
use super::tables::{head, town_years, unit};
use super::town::TownView;
use crate::base::{
    amount::Fen,
    lang::{Lang, Words},
};
use crate::compile::accounts::{BondService, PartLanes};
use crate::plan::Lane;

/// A line of the statement.
pub struct Line<'r> {
    /// Its section.
    pub section: Words,
    /// What it is; one that begins with a wide space is part of the last that does not.
    pub item: Cow<'r, str>,
    /// Its amount.
    pub amount: Fen,
    /// The figure it is; none where nothing is retained at all.
    pub lane: Option<Lane>,
    /// The agreement or grant behind it, with its document.
    pub rule: String,
}

const SHARES: Words = Words::new("一、体制分成", "1 shares");
const GRANTS: Words = Words::new("二、上级补助", "2 grants");
const REMITTANCES: Words = Words::new("三、上解", "3 remittances");
const RESULT: Words = Words::new("四、当年体制财力", "4 result of the year");
const BALANCE: Words = Words::new("五、往来", "5 balances");
/// The sections in their order.
pub const SECTIONS: [Words; 5] = [SHARES, GRANTS, REMITTANCES, RESULT, BALANCE];
const SERVICE: [Words; 3] = [
    Words::new("当年应付本息", "service due for the year"),
    Words::new("实付本息", "service paid"),
    Words::new("年末欠付本息", "service owed at the end of the year"),
];
const AID_OWED: Words = Words::new("年末待还县级救助", "aid owed at the end of the year");

/// The statements of all towns and years.
#[must_use]
pub fn table<'r>(run: &'r Run, towns: &'r [TownView<'r>]) -> Sheet<'r> {
    let rows = town_years(run, towns).flat_map(move |(town, year)| {
        lines(run, (town.order, town.place), year, (run.scenario.lang, &str::to_owned)).into_iter().enumerate().map(move |(n, line)| {
            let mut row = head(run, town);
            row.extend([Cell::Year(run.year(year)), Cell::Whole(i64::try_from(n + 1).unwrap_or(0))]);
            row.extend([Cell::key(line.section.get(run.scenario.lang)), Cell::text(line.item), Cell::Money(line.amount), unit(run)]);
            row.push(Cell::text(line.rule));
            row
        })
    });
    Sheet::new("settlement", columns::SETTLEMENT, rows)
}

/// The statement of a town (its order and its place) and year, in a language and with names as they are called in it.
#[must_use]
pub fn lines<'r>(run: &'r Run, (order, place): (usize, usize), year: usize, (lang, called): (Lang, &dyn Fn(&str) -> String)) -> Vec<Line<'r>> {
    let zh = lang == Lang::Zh;
    let say = |a: &'static str, b: &'static str| if zh { a } else { b };
    let agreement = run.scenario.agreement_of(order, year);
    let parts: Vec<&PartLanes> = run.compiled.accounts.parts.iter().filter(|p| agreement.is_some_and(|a| a.id == run.scenario.agreements[p.agreement].id)).collect();
    let source = agreement.and_then(|a| a.provenance.source.as_ref()).map_or_else(String::new, |s| format!("（{s}）"));
    let rule = format!("{}{source}", agreement.map_or("", |a| &a.name));
    let rule = if agreement.is_some_and(|a| a.county_managed) { format!("{rule} {}", say("乡财县管", "county-managed account")) } else { rule };
    let at = |lane: Lane| run.outcome.fen(lane, year, place);
    let line = |section: Words, item: Cow<'r, str>, lane: Option<Lane>| Line { section, item, amount: lane.map_or(0, at), lane, rule: rule.clone() };
    let mut found = Vec::new();
    for (part, sharing) in parts.iter().zip(agreement.map_or(&[][..], |a| &a.sharing)) {
        let names = names_of(run, &sharing.of, lang, called);
        found.push(line(SHARES, format!("{names}：{}", say("县镇可分成部分", "to be shared")).into(), Some(part.local)));
        found.push(line(SHARES, say("　其中：镇级应得", "　of it the town's").into(), Some(part.kept)));
        found.push(line(SHARES, say("　其中：县级应得", "　of it the county's").into(), Some(part.county)));
    }
    let mut grant = |item: Cow<'r, str>, lane: Lane| found.push(line(GRANTS, item, Some(lane)));
    for part in &parts {
        for (lane, words) in [
            (Some(part.payment), say("县级补足", "county's payment")),
            (part.subsidy, say("定额补助", "fixed subsidy")),
            (part.top_up.map(|t| t.0), say("保既得利益补助", "guarantee top-up")),
        ] {
            if let Some(lane) = lane.filter(|lane| at(*lane) != 0) {
                grant(words.into(), lane);
            }
        }
        part.remitted.iter().filter(|r| r.is_subsidy).for_each(|r| grant(called(&r.name).into(), r.paid));
    }
    for (n, lane) in &run.compiled.accounts.transfers {
        let transfer = &run.scenario.transfers[*n];
        let special = if transfer.earmark.is_some() { say("（专项）", " (earmarked)") } else { "" };
        let rule = format!("transfer.{}", transfer.id);
        found.push(Line { section: GRANTS, item: format!("{}{special}", called(&transfer.name)).into(), amount: at(*lane), lane: Some(*lane), rule });
    }
    // Compensation for firms that moved, received and given.
    let name = |order: usize| &run.scenario.moves[order].name;
    let compensations = || run.compiled.accounts.moves.iter().filter_map(|m| m.compensation.map(|c| (m.order, c)));
    for (order, (_, received)) in compensations().filter(|(_, (_, received))| at(*received) != 0) {
        found.push(line(GRANTS, format!("{}：{}", name(order), say("收到补偿", "compensation received")).into(), Some(received)));
    }
    for (order, (paid, _)) in compensations().filter(|(_, (paid, _))| at(*paid) != 0) {
        found.push(line(REMITTANCES, format!("{}：{}", name(order), say("付出补偿", "compensation paid")).into(), Some(paid)));
    }
    for part in &parts {
        for remitted in part.remitted.iter().filter(|r| !r.is_subsidy) {
            found.push(line(REMITTANCES, format!("{}：{}", called(&remitted.name), say("当年应解", "due for the year")).into(), Some(remitted.due)));
            found.push(line(REMITTANCES, say("　实际上解", "　remitted").into(), Some(remitted.paid)));
            if let Some(arrears) = remitted.arrears.filter(|lane| at(*lane) != 0) {
                found.push(line(REMITTANCES, say("　年末欠缴", "　arrears at the end of the year").into(), Some(arrears)));
            }
        }
    }
    for step in run.compiled.accounts.steps.iter().filter(|s| s.key == "aid_repaid" && at(s.lane) != 0) {
        found.push(line(REMITTANCES, say("归还县级救助", "aid repaid to the county").into(), Some(step.lane)));
    }
    let retained = run.compiled.accounts.retained.as_ref();
    found.push(line(RESULT, say("留存财力", "retained funds").into(), retained.map(|r| r.all)));
    found.push(line(RESULT, say("　其中：一般公共预算", "　of it general").into(), retained.map(|r| r.general)));
    found.push(line(RESULT, say("　其中：政府性基金预算", "　of it fund").into(), retained.map(|r| r.fund)));
    if run.has_state_capital() {
        found.push(line(RESULT, say("　其中：国有资本经营预算", "　of it state capital").into(), retained.and_then(|r| r.capital).map(|c| c.kept)));
    }
    for part in &parts {
        if let Some((cash, owed)) = part.settlement {
            found.push(line(BALANCE, say("当年到账（预拨加上年结算）", "cash of the year (advance and last year's settlement)").into(), Some(cash)));
            found.push(line(BALANCE, say("年末应收县级", "receivable from the county").into(), Some(owed)));
        }
    }
    found.push(line(BALANCE, say("年末欠缴上解合计", "arrears at the end of the year").into(), run.compiled.accounts.purse.as_ref().map(|p| p.arrears)));
    for (of, words, lane) in debts(run).filter(|(_, _, lane)| at(*lane) != 0) {
        let words = words.get(lang);
        found.push(line(BALANCE, of.map_or_else(|| words.into(), |of| format!("{of}：{words}").into()), Some(lane)));
    }
    found
}

/// What a town owes the county beside arrears: service of on-lent bonds (with the bond's name), aid.
fn debts<'r>(run: &'r Run) -> impl Iterator<Item = (Option<&'r str>, Words, Lane)> {
    let accounts = &run.compiled.accounts;
    let name = |path: &str| run.scenario.bonds.iter().find(|b| path.strip_prefix("bond.") == Some(b.id.as_str())).map_or("", |b| b.name.as_str());
    let bond = move |b: &'r BondService| SERVICE.into_iter().zip([b.due, b.paid, b.owed]).map(move |(words, lane)| (Some(name(&b.path)), words, lane));
    let aid = accounts.steps.iter().filter(|s| s.key == "aid_owed").map(|s| (None, AID_OWED, s.lane));
    accounts.bonds.iter().flat_map(bond).chain(aid)
}

fn names_of(run: &Run, of: &[usize], lang: Lang, called: &dyn Fn(&str) -> String) -> String {
    let names: Vec<String> = of.iter().map(|s| called(&run.scenario.sources[*s].name)).collect();
    match (&names[..], lang) {
        ([first, second, third, _, ..], Lang::Zh) => format!("{first}、{second}、{third}等{}项", names.len()),
        ([first, second, third, _, ..], Lang::En) => format!("{first}, {second}, {third} and {} more", names.len() - 3),
        (_, Lang::Zh) => names.join("、"),
        (_, Lang::En) => names.join(", "),
    }
}
