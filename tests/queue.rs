//! The project queue, competitions and units of money at figures worked out on paper: what is paid first, from which purse, what
//! slips, what is finished, what a grant adds.

use fencheng::base::amount::MoneyUnit;
use fencheng::base::decimal::Decimal;
use fencheng::base::ratio::{Factor, Ratio};
use fencheng::plan::projects::{Eligible, Mode, ProjectPlan};
use fencheng::stages::compete::winners;
use fencheng::stages::projects::{Match, Money, Payment, Standing, Totals, step};

const EITHER: Eligible = Eligible { general: true, fund: true };
const GENERAL: Eligible = Eligible { general: true, fund: false };
const FUND: Eligible = Eligible { general: false, fund: true };
const QUEUE: Mode = Mode::Constrained { strict: false };
const STRICT: Mode = Mode::Constrained { strict: true };

fn project(priority: i64, due: &[f64], planned_finish: i64, eligible: Eligible) -> ProjectPlan {
    ProjectPlan { town: 0, priority, due: due.to_vec(), planned_finish, eligible, earmarks: Vec::new(), matched: Vec::new(), cost: 1000.0, upkeep: 7.0 }
}

fn purses(general: f64, fund: f64) -> Money {
    Money { general, fund, ..Money::default() }
}

/// Years one after another, each with its money; payments of the last, standings, totals of the last.
fn years(projects: &[ProjectPlan], mode: Mode, money: &mut [Money]) -> (Vec<Payment>, Vec<Standing>, Totals) {
    let (mut standing, mut payments, mut totals) = (vec![Standing::default(); projects.len()], Vec::new(), Totals::default());
    for (year, money) in money.iter_mut().enumerate() {
        totals = step(projects, &mut standing, &mut payments, mode, year, money);
    }
    (payments, standing, totals)
}

fn payment(due: f64, general: f64, fund: f64) -> Payment {
    Payment { due, general, fund, ..Payment::default() }
}

#[test]
fn money_with_one_use_goes_first_then_the_fund_then_the_general_purse() {
    let projects = [project(1, &[50.0], 0, EITHER), project(1, &[30.0], 0, FUND), project(1, &[20.0], 0, GENERAL)];
    let mut money = [purses(40.0, 45.0)];
    let (payments, _, totals) = years(&projects, Mode::Unconstrained, &mut money);
    // Own uses take 30 and 20; of 15 and 20 that are left the first project gets all.
    assert_eq!(payments, [payment(50.0, 20.0, 15.0), payment(30.0, 0.0, 30.0), payment(20.0, 20.0, 0.0)]);
    assert_eq!([money[0].general, money[0].fund], [0.0, 0.0]);
    assert_eq!([totals.planned, totals.due, totals.paid], [100.0, 100.0, 85.0]);
}

#[test]
fn a_purse_below_nothing_pays_nothing_and_stays_as_it_is() {
    let mut money = [purses(-5.0, 100.0)];
    let (payments, ..) = years(&[project(1, &[30.0], 0, GENERAL)], QUEUE, &mut money);
    assert_eq!(payments, [payment(30.0, 0.0, 0.0)]);
    assert_eq!([money[0].general, money[0].fund], [-5.0, 100.0]);
}

#[test]
fn higher_priority_goes_first_and_only_a_strict_queue_stops_there() {
    let projects = [project(1, &[50.0], 0, FUND), project(2, &[30.0], 0, GENERAL)];
    let paid = |mode| years(&projects, mode, &mut [purses(40.0, 20.0)]).0.iter().map(Payment::paid).collect::<Vec<_>>();
    assert_eq!(paid(QUEUE), [20.0, 30.0]);
    assert_eq!(paid(STRICT), [20.0, 0.0]);
    // Paid in full, the queue goes on.
    let both = years(&projects, STRICT, &mut [purses(40.0, 60.0)]).0;
    assert_eq!(both.iter().map(Payment::paid).collect::<Vec<_>>(), [50.0, 30.0]);
    // Of two that may use the same purse the earlier is served.
    let same = years(&[project(1, &[50.0], 0, GENERAL), project(2, &[30.0], 0, GENERAL)], QUEUE, &mut [purses(60.0, 0.0)]).0;
    assert_eq!(same.iter().map(Payment::paid).collect::<Vec<_>>(), [50.0, 10.0]);
}

#[test]
fn what_is_not_paid_slips_and_the_finish_with_it() {
    let one = [project(1, &[50.0, 30.0, 0.0], 1, GENERAL)];
    // 20 of 50; 50 of 30 + 30; the last 10.
    let (payments, standing, totals) = years(&one, QUEUE, &mut [purses(20.0, 0.0), purses(50.0, 0.0)]);
    assert_eq!(payments, [payment(60.0, 50.0, 0.0)]);
    assert_eq!((standing[0].owed, standing[0].finished), (10.0, None));
    assert_eq!([totals.planned, totals.due, totals.upkeep, totals.finished_cost], [30.0, 60.0, 0.0, 0.0]);
    let (_, standing, totals) = years(&one, QUEUE, &mut [purses(20.0, 0.0), purses(50.0, 0.0), purses(10.0, 0.0)]);
    assert_eq!((standing[0].owed, standing[0].finished), (0.0, Some(2)));
    assert_eq!([totals.upkeep, totals.finished_cost], [7.0, 1000.0]);
    // Without a constraint nothing is carried and the plan stands.
    let (payments, standing, totals) = years(&one, Mode::Unconstrained, &mut [purses(20.0, 0.0), purses(10.0, 0.0)]);
    assert_eq!(payments, [payment(30.0, 10.0, 0.0)]);
    assert_eq!((standing[0].owed, standing[0].finished), (20.0, Some(1)));
    assert_eq!(totals.finished_cost, 1000.0);
}

#[test]
fn upkeep_and_cost_of_several_add_up_and_each_is_finished_once() {
    let projects = [project(1, &[5.0, 0.0], 0, GENERAL), project(1, &[5.0, 0.0], 0, GENERAL), project(1, &[0.0, 0.0], -1, GENERAL), project(1, &[0.0, 0.0], 5, GENERAL)];
    let first = years(&projects, QUEUE, &mut [purses(10.0, 0.0)]).2;
    // The third was finished before the first year: it is kept up, and its cost is not new.
    assert_eq!([first.finished_cost, first.upkeep], [2000.0, 21.0]);
    let second = years(&projects, QUEUE, &mut [purses(10.0, 0.0), purses(0.0, 0.0)]).2;
    assert_eq!([second.finished_cost, second.upkeep], [0.0, 21.0]);
}

#[test]
fn earmarked_money_pays_before_the_purses() {
    let mut one = project(1, &[50.0], 0, GENERAL);
    one.earmarks = vec![1, 0];
    let mut money = [Money { earmarks: vec![100.0, 10.0], ..purses(100.0, 0.0) }];
    let (payments, ..) = years(&[one], QUEUE, &mut money);
    assert_eq!(payments, [Payment { due: 50.0, earmarked: 50.0, ..Payment::default() }]);
    assert_eq!((money[0].earmarks.clone(), money[0].general), (vec![60.0, 0.0], 100.0));
}

#[test]
fn a_grant_follows_own_money_up_to_its_cap() {
    let granted = |share: f64, cap: f64, cash: f64| {
        let mut one = project(1, &[100.0], 0, EITHER);
        one.matched = vec![0];
        let grant = Match { runs: true, share: share * 1e6, left: cap, granted: 0.0 };
        let mut money = [Money { matches: vec![grant], ..purses(cash - 10.0, 10.0) }];
        let payment = years(&[one], QUEUE, &mut money).0[0];
        let grant = money[0].matches[0];
        assert_eq!([grant.granted, cap - grant.left], [payment.matched; 2]);
        assert_eq!(money[0].general + money[0].fund, cash - payment.general - payment.fund);
        (payment.general + payment.fund, payment.matched)
    };
    // 40 % of 100 is granted to 60 of own money; a cap of 25 leaves 75 to pay.
    assert_eq!(granted(0.4, 1000.0, 500.0), (60.0, 40.0));
    assert_eq!(granted(0.4, 25.0, 500.0), (75.0, 25.0));
    // 30 of own money brings 30 · 0.4 ÷ 0.6 = 20; with a cap of 15 no more than that.
    assert_eq!(granted(0.4, 1000.0, 30.0), (30.0, 20.0));
    assert_eq!(granted(0.4, 15.0, 30.0), (30.0, 15.0));
}

#[test]
fn a_better_score_beats_a_lower_rank() {
    let mut out = [9.0; 3];
    winners(&[Some(1.0), Some(9.0), Some(5.0)], &[0, 1, 2], 1, &mut out);
    assert_eq!(out, [0.0, 1.0, 0.0]);
}

#[test]
fn units_and_ratios() {
    let decimal = |text: &str| Decimal::parse(text).unwrap();
    assert_eq!([MoneyUnit::Yuan, MoneyUnit::WanYuan, MoneyUnit::YiYuan].map(MoneyUnit::places), [2, 6, 10]);
    assert_eq!([MoneyUnit::Yuan, MoneyUnit::WanYuan, MoneyUnit::YiYuan].map(MoneyUnit::english), ["yuan", "10,000 yuan", "100 million yuan"]);
    assert_eq!(MoneyUnit::WanYuan.fen(decimal("1.5")), Some(1_500_000));
    assert_eq!(MoneyUnit::Yuan.fen(decimal("0.001")), None);
    // 10 万亿元 is 10^15 fen, the limit; a fen more is past it.
    assert_eq!([MoneyUnit::Yuan.fen(decimal("10000000000000")), MoneyUnit::Yuan.fen(decimal("10000000000000.01"))], [Some(1_000_000_000_000_000), None]);
    assert_eq!([MoneyUnit::Yuan.nearest_fen(decimal("0.005")), MoneyUnit::Yuan.nearest_fen(decimal("10000000000000.01"))], [Some(1), None]);
    assert_eq!((Ratio::from_decimal(decimal("0.625")), Ratio::from_decimal(decimal("0.0000001"))), (Some(Ratio(625_000)), None));
    assert_eq!(Ratio(625_000).rest(), Ratio(375_000));
    assert_eq!(Factor(1_104_000_000).to_f64().to_bits(), 1.104_f64.to_bits());
}
