//! Agreements: baskets shared by form, options, remittances, settlement, and who gets what of each source.

use super::Compiler;
use super::accounts::{PartLanes, Party, Posting, Remitted};
use super::books::{Book, Side};
use super::sources::{Ready, path_of};
use super::spending::Recurrent;
use crate::plan::{Arg, Lane, builder::Name};
use crate::rules::{
    agreements::{Basket, Due, Kept, Remitting, Shared},
    lowering::{Gate, Lowering},
    sources::{Class, Kind},
    values::Look,
};
use crate::scenario::{Agreement, RemittingPart, SharingPart};

/// A sharing part on its way from form to what the town may spend.
struct Lowered {
    shared: Shared,
    kept: Lane,
    left: Lane,
    /// What was put to a purpose and can no longer be remitted.
    earmarked: Option<Lane>,
    lanes: PartLanes,
}

impl Compiler<'_> {
    /// All agreements that hold somewhere.
    pub(super) fn share(&mut self, sources: &[Ready], recurrent: &Recurrent) {
        let scenario = self.scenario;
        let mut town_parts: Vec<Vec<Lane>> = vec![Vec::new(); sources.len()];
        for (n, agreement) in scenario.agreements.iter().enumerate() {
            let towns = &self.towns;
            let gate = Gate::new(self.plan.years, self.plan.towns, |y, t| scenario.regime[towns[t].0][y].agreement == n).since(|y, t| scenario.regime[towns[t].0][y].since);
            if !gate.never() {
                self.agreement(n, agreement, &gate, sources, recurrent, &mut town_parts);
            }
        }
        for (ready, parts) in sources.iter().zip(town_parts) {
            self.close_source(ready, &parts);
        }
    }

    fn agreement(&mut self, n: usize, agreement: &Agreement, gate: &Gate, sources: &[Ready], recurrent: &Recurrent, town_parts: &mut [Vec<Lane>]) {
        let mut lowered: Vec<Lowered> = agreement.sharing.iter().map(|part| self.sharing(n, agreement, part, gate, sources, recurrent)).collect();
        for part in &agreement.remitting {
            self.remitting(agreement, part, gate, &mut lowered, sources);
        }
        for (part, mut lowered) in agreement.sharing.iter().zip(lowered) {
            lowered.lanes.net = self.net_of_payment(&lowered);
            self.settle(part, gate, &mut lowered, sources);
            self.attribute(part, &lowered, sources, town_parts);
            self.accounts.parts.push(lowered.lanes);
        }
    }

    /// What the town has of its sources: the share less remittances and less what the county paid beyond the basket.
    fn net_of_payment(&mut self, lowered: &Lowered) -> Lane {
        if lowered.left == lowered.shared.share {
            return lowered.kept;
        }
        let name = Name { path: format!("{}/net", lowered.lanes.path), zh: "扣上解后镇得".to_owned(), en: "town's part after remittances".to_owned() };
        self.plan.sum(name, &[lowered.left], &[lowered.lanes.payment])
    }

    fn sharing(&mut self, n: usize, agreement: &Agreement, part: &SharingPart, gate: &Gate, sources: &[Ready], recurrent: &Recurrent) -> Lowered {
        let path = format!("agreement.{}.{}", agreement.id, part.id);
        let owner = owner_of(agreement, part, sources, self.scenario);
        let locals: Vec<Lane> = part.of.iter().map(|s| sources[*s].lanes.local).collect();
        let grosses: Vec<Lane> = part.of.iter().map(|s| sources[*s].lanes.gross).collect();
        let left_of_gross = least_left(&part.of, sources, self.plan.years * self.plan.towns);
        let mut low = self.low(&path, &owner, gate.clone());
        let outturn = low.plan.sum(low.name("outturn", "地方留成合计", "local part"), &locals, &[]);
        let local = low.gated_sum(low.name("local", "县镇可分成部分", "what county and town share"), &[outturn]);
        let gross = low.gated_sum(low.name("gross", "总额", "gross"), &grosses);
        let basket = Basket { local, outturn, gross, approved: recurrent.approved, local_of_gross: left_of_gross };
        let shared = part.form.lower(&basket, &mut low);
        let bounded = part.options.bounded(shared.share, &mut low);
        // A floor must not pay a town in which the agreement does not hold.
        let bounded = if bounded == shared.share {
            bounded
        } else {
            low.gated_sum(low.name("bounded_in_force", "保底封顶后（体制内）", "within floor and cap, in force"), &[bounded])
        };
        let top_up = part.options.guarantee.as_ref().map(|g| (g.lower(bounded, &mut low), payer(&g.payer)));
        let (kept, county, payment) = kept_of(local, bounded, &mut low);
        let subsidy = shared.subsidy.map(|table| low.plan.amount(low.name("subsidy", "定额补助", "fixed subsidy"), table, Arg::Number(1.0)));
        let quota = shared.remit.map(|table| Due {
            due: low.plan.amount(low.name("quota", "定额上解", "fixed remittance"), table, Arg::Number(1.0)),
            is_subsidy: false,
            arrears: true,
            earmarked: None,
        });
        let lanes = PartLanes {
            agreement: n,
            path: path.clone(),
            local,
            outturn,
            base: shared.base,
            kept,
            county,
            payment,
            subsidy,
            top_up,
            remitted: Vec::new(),
            net: kept,
            settlement: None,
        };
        // What is remitted comes out of the whole share, the county's payment included: T = S − U.
        let mut lowered = Lowered { shared: Shared { share: bounded, ..shared }, kept, left: bounded, earmarked: None, lanes };
        self.pay_town(&path, &owner, &lowered.lanes, part, sources);
        if let Some(due) = quota {
            self.remit(&path, "定额上解", &due, gate, &mut lowered);
        }
        lowered
    }

    /// Payments beyond the basket, subsidies and top-ups: from the payer to the town.
    fn pay_town(&mut self, path: &str, owner: &str, lanes: &PartLanes, part: &SharingPart, sources: &[Ready]) {
        let book = book_of_part(part, sources);
        let paid = [(Some(lanes.payment), Party::County, "县级补足"), (lanes.subsidy, Party::County, "定额补助")];
        let top_up = lanes.top_up.map(|(lane, party)| (Some(lane), party, "保既得利益补助"));
        for (lane, party, words) in paid.into_iter().chain(top_up) {
            let Some(lane) = lane else { continue };
            self.grant(path, &format!("{owner}·{words}"), lane, party, &book, part.of.first().copied());
        }
    }

    /// Money from a payer to the town: both sides of the ledger, the town's book, the county's account.
    pub(super) fn grant(&mut self, path: &str, name: &str, lane: Lane, payer: Party, book: &Book, source: Option<usize>) {
        let to_fund = matches!(book, Book::Fund);
        for (party, is_paid) in [(payer, true), (Party::Town, false)] {
            let (item, name, rule) = (path.to_owned(), name.to_owned(), path.to_owned());
            self.accounts.postings.push(Posting { item, name, party, source, to_fund, earmark: None, lane, is_paid, rule });
        }
        self.books.kinds.transfer.plus.push(lane);
        self.receive(path, lane, book);
        if payer == Party::County {
            self.books.county.paid.push(lane);
        }
    }

    fn remitting(&mut self, agreement: &Agreement, part: &RemittingPart, gate: &Gate, lowered: &mut [Lowered], sources: &[Ready]) {
        let (target, look) = part.of;
        let path = format!("agreement.{}.{}", agreement.id, part.id);
        let card = part.form.card();
        let owner = format!("{}·{}", agreement.name, card.name.zh);
        let from = &lowered[target];
        let looked_at = match look {
            Look::Kept => from.shared.share,
            Look::Over => from.shared.over.unwrap_or(from.shared.share),
        };
        let kept = Kept { looked_at, local: from.lanes.local };
        let mut low = self.low(&path, &owner, gate.clone());
        let due = part.form.lower(&kept, &mut low);
        let sharing = &agreement.sharing[target];
        if due.is_subsidy {
            let book = book_of_part(sharing, sources);
            self.grant(&path, &owner, due.due, Party::County, &book, sharing.of.first().copied());
            let remitted = Remitted { name: card.name.zh.to_owned(), due: due.due, paid: due.due, arrears: None, is_subsidy: true };
            lowered[target].lanes.remitted.push(remitted);
            return;
        }
        self.remit(&path, card.name.zh, &due, gate, &mut lowered[target]);
        if matches!(part.form, Remitting::Levy(_)) {
            self.books.levies.extend(lowered[target].lanes.remitted.last().map(|r| r.paid));
        }
        if let (Some(earmark), Some(rest)) = (part.form.rest_earmark(), due.earmarked) {
            let rest = self.earmark_rest(&path, &owner, rest, earmark, &lowered[target], sharing, sources);
            let so_far = lowered[target].earmarked;
            lowered[target].earmarked = rest.map(|rest| match so_far {
                None => rest,
                Some(so_far) => {
                    self.plan.sum(Name { path: format!("{path}/earmarked_so_far"), zh: "已列专项".to_owned(), en: "earmarked so far".to_owned() }, &[so_far, rest], &[])
                }
            });
        }
    }

    /// Takes a remittance out of what is left of the town's entitlement.
    fn remit(&mut self, path: &str, words: &str, due: &Due, gate: &Gate, from: &mut Lowered) {
        let low = self.low(path, words, gate.clone());
        let arrears = due.arrears.then(|| low.plan.fen(low.name("arrears", "年末欠缴", "arrears at the end of the year")));
        let asked = match arrears {
            None => due.due,
            Some(arrears) => {
                let before = low.plan.carry(low.name("arrears_before", "年初欠缴", "arrears at the start of the year"), arrears, 1, Arg::Number(0.0));
                low.plan.sum(low.name("due", "应上解（含欠缴）", "due with arrears"), &[due.due, before], &[])
            }
        };
        let (paid, unmet, left) = (low.name("paid", "实上解", "remitted"), low.name("unmet", "未能上解", "not remitted"), low.name("left", "上解后余额", "left after remitting"));
        let there = match from.earmarked {
            None => from.left,
            Some(earmarked) => low.plan.sum(low.name("there", "可上解部分", "what can be remitted"), &[from.left], &[earmarked]),
        };
        let (paid, unmet, rest) = low.plan.pay(paid, unmet, left, asked, there);
        if let Some(arrears) = arrears {
            low.plan.sum_into(arrears, &[unmet], &[]);
        }
        from.left = match from.earmarked {
            None => rest,
            Some(earmarked) => low.plan.sum(low.name("left_with_earmarked", "上解后余额（含专项）", "left after remitting, earmarked part included"), &[rest, earmarked], &[]),
        };
        self.books.arrears.extend(arrears);
        self.books.county.remittances.push(paid);
        from.lanes.remitted.push(Remitted { name: words.to_owned(), due: due.due, paid, arrears, is_subsidy: false });
    }

    /// What remains above a levy's threshold is project money from now on.
    #[expect(clippy::too_many_arguments, reason = "one line of the ledger")]
    fn earmark_rest(&mut self, path: &str, owner: &str, rest: Lane, earmark: &str, from: &Lowered, part: &SharingPart, sources: &[Ready]) -> Option<Lane> {
        let at = self.scenario.earmarks.iter().position(|e| e.id == earmark)?;
        let name = |key: &str| Name { path: format!("{path}/{key}"), zh: format!("{owner}·列专项"), en: format!("{owner}: earmarked") };
        let free = from.earmarked.map_or(from.left, |taken| self.plan.sum(name("rest_free"), &[from.left], &[taken]));
        let there = self.plan.clamp(name("rest_there"), free, Some(Arg::Number(0.0)), None);
        let rest = self.plan.clamp(name("rest_earmarked"), rest, None, Some(there.into()));
        self.books.pots[at].received.push(rest);
        let book = book_of_part(part, sources);
        self.give(path, rest, &book);
        if let Some(&first) = part.of.first() {
            self.kind_of(first).minus.push(rest);
        }
        for (is_paid, earmark) in [(true, None), (false, Some(at))] {
            let (item, name, rule) = (path.to_owned(), owner.to_owned(), path.to_owned());
            let source = part.of.first().copied();
            self.accounts.postings.push(Posting { item, name, party: Party::Town, source, to_fund: false, earmark, lane: rest, is_paid, rule });
        }
        Some(rest)
    }

    /// An advance now, the rest next year: entitlement counts as retained, cash is what can be spent.
    fn settle(&mut self, part: &SharingPart, gate: &Gate, lowered: &mut Lowered, sources: &[Ready]) {
        let Some(advance) = &part.options.advance else { return };
        let (path, net) = (lowered.lanes.path.clone(), lowered.lanes.net);
        let opening = part.options.opening_receivable.as_ref();
        let mut low = self.low(&path, "结算", gate.clone());
        let share = low.ratio(advance);
        let paid = low.plan.amount(low.name("advance", "当年预拨", "paid in advance"), net, share);
        let owed = low.plan.sum(low.name("receivable", "年末应收县级", "receivable from the county"), &[net], &[paid]);
        let opening: Arg = opening.map_or(Arg::Number(0.0), |p| low.money(p).into());
        let before = low.plan.carry(low.name("receivable_before", "年初应收县级", "receivable at the start of the year"), owed, 1, opening);
        let cash = low.plan.sum(low.name("cash", "当年实得现金", "cash of the year"), &[paid, before], &[]);
        let difference = low.plan.sum(low.name("cash_less_net", "现金与应得之差", "cash less entitlement"), &[cash], &[net]);
        lowered.lanes.settlement = Some((cash, owed));
        self.books.receivables.push(owed);
        let book = book_of_part(part, sources);
        let parts = self.by_book(&format!("{path}/cash"), difference, &book);
        self.books.general_cash.plus.extend(parts.general);
        self.books.fund_cash.plus.extend(parts.fund);
        self.books.capital_cash.plus.extend(parts.capital);
    }

    /// What the town keeps of each source: in proportion to the local parts, the last takes the rest.
    fn attribute(&mut self, part: &SharingPart, lowered: &Lowered, sources: &[Ready], town_parts: &mut [Vec<Lane>]) {
        let (path, whole) = (&lowered.lanes.path, lowered.lanes.net);
        let mut given = Vec::new();
        for (k, &source) in part.of.iter().enumerate() {
            let title = &self.scenario.sources[source].name;
            let name = Name { path: format!("{path}/town.{}", self.scenario.sources[source].id), zh: format!("{title}·镇得"), en: format!("{title}: town") };
            let lane = if k + 1 == part.of.len() {
                self.plan.sum(name, &[whole], &given)
            } else {
                self.plan.prorate(name, sources[source].lanes.local, whole, lowered.lanes.local, Arg::Number(0.0))
            };
            given.push(lane);
            town_parts[source].push(lane);
        }
    }

    /// The town's and the county's part of a source, over all agreements.
    fn close_source(&mut self, ready: &Ready, parts: &[Lane]) {
        let n = ready.lanes.source;
        let source = &self.scenario.sources[n];
        let path = path_of(source);
        let name = |key: &str, zh: &str, en: &str| Name { path: format!("{path}/{key}"), zh: format!("{}·{zh}", source.name), en: format!("{}: {en}", source.name) };
        let town = match parts {
            [one] => *one,
            _ => self.plan.sum(name("town", "镇得", "town"), parts, &[]),
        };
        let county = self.plan.sum(name("county", "县得", "county"), &[ready.lanes.local], &[town]);
        self.post(n, &path, &source.name, Party::Town, town);
        self.post(n, &path, &source.name, Party::County, county);
        self.books.county.from_sources.push(county);
        self.receive(&path, town, &ready.book);
        self.kind_of(n).plus.push(town);
        let mut lanes = ready.lanes.clone();
        (lanes.town, lanes.county) = (Some(town), Some(county));
        self.accounts.sources.push(lanes);
    }
}

impl Compiler<'_> {
    /// The kind of retained funds a source belongs to.
    fn kind_of(&mut self, source: usize) -> &mut Side {
        let source = &self.scenario.sources[source];
        let kinds = &mut self.books.kinds;
        match (&source.kind, source.class) {
            (Kind::Land(_), _) => &mut kinds.land,
            (Kind::Fee(_), _) => &mut kinds.fee,
            (_, Class::Tax) => &mut kinds.tax,
            _ => &mut kinds.other,
        }
    }
}

/// K = min(S, max(X, 0)); the county's part X − K; what it must pay beyond, S − K.
fn kept_of(local: Lane, share: Lane, low: &mut Lowering<'_>) -> (Lane, Lane, Lane) {
    let zero = Some(Arg::Number(0.0));
    let there = low.plan.clamp(low.name("local_positive", "可分成部分（不为负）", "what there is to share"), local, zero, None);
    let kept = low.plan.clamp(low.name("kept", "镇级应得", "town's entitlement"), share, None, Some(there.into()));
    let payment = low.plan.sum(low.name("payment", "县级补足", "county's payment"), &[share], &[kept]);
    let county = low.plan.sum(low.name("county", "县级应得", "county's part"), &[local], &[kept]);
    (kept, county, payment)
}

fn owner_of(agreement: &Agreement, part: &SharingPart, sources: &[Ready], scenario: &crate::scenario::Scenario) -> String {
    match part.of[..] {
        [one] => format!("{}·{}", agreement.name, scenario.sources[sources[one].lanes.source].name),
        _ => format!("{}·{}", agreement.name, part.id),
    }
}

fn least_left(of: &[usize], sources: &[Ready], cells: usize) -> Vec<i64> {
    (0..cells).map(|at| of.iter().map(|s| sources[*s].left_of_gross[at]).min().unwrap_or(0)).collect()
}

fn book_of_part(part: &SharingPart, sources: &[Ready]) -> Book {
    part.of.first().map_or(Book::General, |s| sources[*s].book.clone())
}

fn payer(word: &str) -> Party {
    match word {
        "city" => Party::City,
        "province" => Party::Province,
        _ => Party::County,
    }
}
