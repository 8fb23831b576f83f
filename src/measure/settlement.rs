//! The settlement statement 年终结算单: shares, subsidies, remittances, settlement, in the layout a bureau knows.

use super::Run;
use super::cell::{Cell, Sheet};
use super::columns;
use super::tables::{head, unit};
use super::town::TownView;
use crate::base::{amount::Fen, lang::Words};
use crate::compile::accounts::PartLanes;
use crate::plan::Lane;

/// A line of the statement.
struct Line {
    section: Words,
    item: String,
    amount: Fen,
    rule: String,
}

const SHARES: Words = Words::new("一、体制分成", "1 shares");
const GRANTS: Words = Words::new("二、上级补助", "2 grants");
const REMITTANCES: Words = Words::new("三、上解", "3 remittances");
const RESULT: Words = Words::new("四、当年体制财力", "4 result of the year");
const BALANCE: Words = Words::new("五、往来", "5 balances");

/// The statements of all towns and years.
#[must_use]
pub fn table(run: &Run, towns: &[TownView<'_>]) -> Sheet {
    let mut rows = Vec::new();
    for town in towns {
        for year in 0..run.years() {
            for (n, line) in lines(run, town, year).into_iter().enumerate() {
                let mut row = head(run, town);
                row.extend([Cell::Year(run.year(year)), Cell::Whole(i64::try_from(n + 1).unwrap_or(0))]);
                row.extend([Cell::Key(line.section.get(run.scenario.lang).to_owned()), Cell::Text(line.item), Cell::Money(line.amount), unit(run)]);
                row.push(Cell::Text(line.rule));
                rows.push(row);
            }
        }
    }
    Sheet { name: "settlement", columns: columns::SETTLEMENT, rows }
}

fn lines(run: &Run, town: &TownView<'_>, year: usize) -> Vec<Line> {
    let zh = run.scenario.lang == crate::base::lang::Lang::Zh;
    let say = |a: &str, b: &str| if zh { a.to_owned() } else { b.to_owned() };
    let agreement = run.scenario.agreement_of(town.order, year);
    let parts: Vec<&PartLanes> = run.compiled.accounts.parts.iter().filter(|p| agreement.is_some_and(|a| a.id == run.scenario.agreements[p.agreement].id)).collect();
    let source = agreement.and_then(|a| a.provenance.source.as_ref()).map_or_else(String::new, |s| format!("（{s}）"));
    let rule = format!("{}{source}", agreement.map_or("", |a| &a.name));
    let rule = if agreement.is_some_and(|a| a.county_managed) { format!("{rule} {}", say("乡财县管", "county-managed account")) } else { rule };
    let at = |lane: Lane| run.outcome.fen(lane, year, town.place);
    let line = |section: Words, item: String, amount: Fen| Line { section, item, amount, rule: rule.clone() };
    let mut found = Vec::new();
    for (part, sharing) in parts.iter().zip(agreement.map_or(&[][..], |a| &a.sharing)) {
        let names = names_of(run, &sharing.of);
        found.push(line(SHARES, format!("{names}：{}", say("县镇可分成部分", "to be shared")), at(part.local)));
        found.push(line(SHARES, format!("　{}", say("其中：镇级应得", "of it the town's")), at(part.kept)));
        found.push(line(SHARES, format!("　{}", say("其中：县级应得", "of it the county's")), at(part.county)));
    }
    let mut grant = |item: String, amount: Fen| found.push(line(GRANTS, item, amount));
    for part in &parts {
        for (lane, words) in [
            (Some(part.payment), say("县级补足", "county's payment")),
            (part.subsidy, say("定额补助", "fixed subsidy")),
            (part.top_up.map(|t| t.0), say("保既得利益补助", "guarantee top-up")),
        ] {
            if let Some(amount) = lane.map(at).filter(|a| *a != 0) {
                grant(words, amount);
            }
        }
        part.remitted.iter().filter(|r| r.is_subsidy).for_each(|r| grant(r.name.clone(), at(r.paid)));
    }
    for (n, lane) in &run.compiled.accounts.transfers {
        let transfer = &run.scenario.transfers[*n];
        let special = if transfer.earmark.is_some() { say("（专项）", " (earmarked)") } else { String::new() };
        grant(format!("{}{special}", transfer.name), at(*lane));
    }
    // Compensation for firms that moved, received and given.
    let name = |order: usize| &run.scenario.moves[order].name;
    let compensations = || run.compiled.accounts.moves.iter().filter_map(|m| m.compensation.map(|c| (m.order, c)));
    for (order, (_, received)) in compensations().filter(|(_, (_, received))| at(*received) != 0) {
        found.push(line(GRANTS, format!("{}：{}", name(order), say("收到补偿", "compensation received")), at(received)));
    }
    for (order, (paid, _)) in compensations().filter(|(_, (paid, _))| at(*paid) != 0) {
        found.push(line(REMITTANCES, format!("{}：{}", name(order), say("付出补偿", "compensation paid")), at(paid)));
    }
    for part in &parts {
        for remitted in part.remitted.iter().filter(|r| !r.is_subsidy) {
            found.push(line(REMITTANCES, format!("{}：{}", remitted.name, say("当年应解", "due for the year")), at(remitted.due)));
            found.push(line(REMITTANCES, format!("　{}", say("实际上解", "remitted")), at(remitted.paid)));
            if let Some(arrears) = remitted.arrears.map(at).filter(|a| *a != 0) {
                found.push(line(REMITTANCES, format!("　{}", say("年末欠缴", "arrears at the end of the year")), arrears));
            }
        }
    }
    for step in run.compiled.accounts.steps.iter().filter(|s| s.key == "aid_repaid" && at(s.lane) != 0) {
        found.push(line(REMITTANCES, say("归还县级救助", "aid repaid to the county"), at(step.lane)));
    }
    let y = &town.years[year];
    found.push(line(RESULT, say("留存财力", "retained funds"), y.retained));
    found.push(line(RESULT, format!("　{}", say("其中：一般公共预算", "of it general")), y.retained_general));
    found.push(line(RESULT, format!("　{}", say("其中：政府性基金预算", "of it fund")), y.retained_fund));
    if run.has_state_capital() {
        found.push(line(RESULT, format!("　{}", say("其中：国有资本经营预算", "of it state capital")), y.retained_capital));
    }
    for part in &parts {
        if let Some((cash, owed)) = part.settlement {
            found.push(line(BALANCE, say("当年到账（预拨加上年结算）", "cash of the year (advance and last year's settlement)"), at(cash)));
            found.push(line(BALANCE, say("年末应收县级", "receivable from the county"), at(owed)));
        }
    }
    found.push(line(BALANCE, say("年末欠缴上解合计", "arrears at the end of the year"), y.arrears));
    found.extend(debts(run).into_iter().filter(|(_, lane)| at(*lane) != 0).map(|(item, lane)| line(BALANCE, item, at(lane))));
    found
}

/// What the town owes the county beside arrears: service of on-lent bonds, aid.
fn debts(run: &Run) -> Vec<(String, Lane)> {
    let accounts = &run.compiled.accounts;
    let zh = run.scenario.lang == crate::base::lang::Lang::Zh;
    let name = |path: &str| run.scenario.bonds.iter().find(|b| path.strip_prefix("bond.") == Some(b.id.as_str())).map_or_else(String::new, |b| b.name.clone());
    let bond = |b: &crate::compile::accounts::BondService| {
        let words =
            if zh { ["当年应付本息", "实付本息", "年末欠付本息"] } else { ["service due for the year", "service paid", "service owed at the end of the year"] };
        words.into_iter().zip([b.due, b.paid, b.owed]).map(|(word, lane)| (format!("{}：{word}", name(&b.path)), lane)).collect::<Vec<_>>()
    };
    let aid = accounts.steps.iter().filter(|s| s.key == "aid_owed").map(|s| (if zh { "年末待还县级救助" } else { "aid owed at the end of the year" }.to_owned(), s.lane));
    accounts.bonds.iter().flat_map(bond).chain(aid).collect()
}

fn names_of(run: &Run, of: &[usize]) -> String {
    let names: Vec<&str> = of.iter().map(|s| run.scenario.sources[*s].name.as_str()).collect();
    match names[..] {
        [first, second, third, _, ..] => format!("{first}、{second}、{third}等{}项", names.len()),
        _ => names.join("、"),
    }
}
