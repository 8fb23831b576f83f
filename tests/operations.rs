//! Every kernel at values worked out on paper, and at the edges where a slip of a sign or a bound would show. What rules make
//! of them is tested elsewhere; here each line of a kernel is held by itself.

use fencheng::kernel::{self, One, Operand, Source};

const NONE: Option<One> = None;

/// What a kernel writes over a lane that holds 7 at every place.
fn over(places: usize, kernel: impl FnOnce(&mut [f64])) -> Vec<f64> {
    let mut out = vec![7.0; places];
    kernel(&mut out);
    out
}

#[test]
fn operands_are_read_place_by_place_or_once_for_all() {
    let lane = [3.0, 5.0];
    assert_eq!([One(4.0).at(0), One(4.0).at(9)].map(f64::to_bits), [4.0; 2].map(f64::to_bits));
    assert_eq!(over(2, |out| kernel::add(out, &lane[..], One(0.0))), [3.0, 5.0]);
    assert_eq!(over(2, |out| kernel::add(out, Operand::lane(&lane), Operand::uniform(&[10.0]))), [13.0, 15.0]);
}

#[test]
fn amounts_are_multiplied_and_rounded_once() {
    // 3 · 5 · 0.5 = 7.5, and the half goes away from nothing.
    assert_eq!(over(2, |out| kernel::amount::<false>(out, &[3.0, -3.0][..], One(5.0), One(0.5))), [8.0, -8.0]);
    assert_eq!(over(2, |out| kernel::amount::<true>(out, &[3.0, -3.0][..], One(5.0), One(0.5))), [8.0, -8.0]);
    assert_eq!(over(1, |out| kernel::product(out, One(3.0), One(0.5))), [1.5]);
    assert_eq!(over(1, |out| kernel::multiply(out, One(0.5))), [3.5]);
}

#[test]
fn takes_are_clipped_to_what_is_left_on_its_side_of_nothing() {
    let (base, left) = ([100.0, 100.0, -100.0, -100.0, 100.0, -100.0], [80.0, 20.0, -80.0, -20.0, -20.0, 20.0]);
    // Half is wanted; of what is left no more than there is, and nothing of the other sign.
    assert_eq!(over(6, |out| kernel::take::<false>(out, &base[..], One(0.5), &left[..])), [50.0, 20.0, -50.0, -20.0, 0.0, 0.0]);
    assert_eq!(over(6, |out| kernel::take::<true>(out, &base[..], One(0.5), &left[..])), [50.0, 20.0, -50.0, -20.0, 0.0, 0.0]);
    assert_eq!(over(6, |out| kernel::rest_of_take::<false>(out, &base[..], One(0.5), &left[..])), [30.0, 0.0, -30.0, 0.0, -20.0, 20.0]);
}

#[test]
fn what_is_due_is_paid_as_far_as_money_goes() {
    let (due, from) = ([30.0, 30.0, 30.0], [50.0, 10.0, -5.0]);
    assert_eq!(over(3, |out| kernel::pay(out, &due[..], &from[..])), [30.0, 10.0, 0.0]);
    assert_eq!(over(3, |out| kernel::unmet(out, &due[..], &from[..])), [0.0, 20.0, 30.0]);
    assert_eq!(over(3, |out| kernel::rest_of_pay(out, &due[..], &from[..])), [20.0, 0.0, -5.0]);
}

#[test]
fn sums_and_differences() {
    assert_eq!(over(1, |out| kernel::subtract(out, One(9.0), One(4.0))), [5.0]);
    assert_eq!(over(1, |out| kernel::complement(out, One(9.0))), [2.0]);
    assert_eq!(over(1, |out| kernel::accumulate(out, One(4.0), 1.0)), [11.0]);
    assert_eq!(over(1, |out| kernel::accumulate(out, One(4.0), -1.0)), [3.0]);
    assert_eq!(over(1, |out| kernel::accumulate_two(out, One(4.0), One(2.0), 1.0)), [13.0]);
    assert_eq!(over(1, |out| kernel::accumulate_two(out, One(4.0), One(2.0), -1.0)), [1.0]);
    assert_eq!(over(1, |out| kernel::add_three(out, One(4.0), One(2.0), One(5.0), 1.0)), [11.0]);
    assert_eq!(over(1, |out| kernel::add_three(out, One(4.0), One(2.0), One(5.0), -1.0)), [1.0]);
}

#[test]
fn marginal_scales_by_rungs_and_in_one_pass() {
    // 10 % to 100, 20 % to 300, 50 % above: −50, 100, 101, 300, 301 and 500.
    let x = [-50.0, 100.0, 105.0, 300.0, 302.0, 500.0];
    let expected = [-5.0, 10.0, 11.0, 50.0, 51.0, 150.0];
    let rungs = over(6, |out| {
        out.fill(0.0);
        kernel::rung::<false>(out, &x[..], One(0.0), One(0.1), Some(One(100.0)), true);
        kernel::rung::<false>(out, &x[..], One(100.0), One(0.2), Some(One(300.0)), false);
        kernel::rung::<true>(out, &x[..], One(300.0), One(0.5), NONE, false);
    });
    assert_eq!(rungs, expected);
    let (low, high) = ([100.0; 6], [300.0; 6]);
    assert_eq!(over(6, |out| kernel::scale::<false, 1>(out, &x[..], (0.0, 0.1), [(&low, 0.2)], (&high, One(0.5)))), expected);
    // Two rungs that begin at 40: the first is open below.
    assert_eq!(over(6, |out| kernel::scale::<true, 0>(out, &x[..], (40.0, 0.1), [], (&low, One(0.2)))), [-9.0, 6.0, 7.0, 46.0, 46.0, 86.0]);
}

#[test]
fn whole_amount_scales_take_the_last_rung_that_is_passed() {
    let x = [-50.0, 100.0, 101.0];
    let whole = over(3, |out| {
        kernel::whole_rung::<false>(out, &x[..], One(0.0), One(0.1), true);
        kernel::whole_rung::<false>(out, &x[..], One(100.0), One(0.2), false);
    });
    assert_eq!(whole, [-5.0, 10.0, 20.0]);
}

#[test]
fn floors_come_before_caps() {
    let x = [1.0, 5.0, 9.0];
    assert_eq!(over(3, |out| kernel::clamp(out, &x[..], Some(One(3.0)), Some(One(6.0)))), [3.0, 5.0, 6.0]);
    assert_eq!(over(3, |out| kernel::clamp(out, &x[..], Some(One(3.0)), NONE)), [3.0, 5.0, 9.0]);
    assert_eq!(over(3, |out| kernel::clamp(out, &x[..], NONE, Some(One(6.0)))), [1.0, 5.0, 6.0]);
    assert_eq!(over(3, |out| kernel::clamp(out, &x[..], Some(One(8.0)), Some(One(6.0)))), [6.0; 3]);
}

#[test]
fn divisions_say_what_nothing_gives() {
    assert_eq!(over(1, |out| kernel::mean(out, 2.0)), [4.0]);
    assert_eq!(over(2, |out| kernel::prorate(out, One(10.0), One(3.0), &[4.0, 0.0][..], One(2.4))), [8.0, 2.0]);
    // (9 ÷ 4)^½ = 1.5; (1 ÷ 8)^⅓ to nine decimals is ½; nothing to compare with leaves 1.
    assert_eq!(over(1, |out| kernel::power(out, One(9.0), One(4.0), One(0.5))), [1.5]);
    assert_eq!(over(1, |out| kernel::power(out, One(5.0), One(1.0), One(0.5))), [2.236_067_977]);
    assert_eq!(over(1, |out| kernel::power(out, One(9.0), One(0.0), One(0.5))), [1.0]);
}

#[test]
fn choices_and_places() {
    assert_eq!(over(3, |out| kernel::select(out, &[0.0, 1.0, -1.0][..], One(2.0), One(3.0))), [3.0, 2.0, 2.0]);
    assert_eq!(over(3, |out| kernel::route(out, &[4.0, 5.0][..], &[Some(11), None, Some(10)], 10)), [5.0, 0.0, 4.0]);
}

#[test]
fn takes_one_after_another_in_one_pass() {
    // 0.5 · 5 = 2.5, 3 after rounding; of 3 a half is 2, of 1 a half is 1.
    assert_eq!(over(1, |out| kernel::flow::<false, 1>(out, NONE, One(5.0), Some(One(0.5)), [0.5])), [8.0]);
    assert_eq!(over(1, |out| kernel::flow::<true, 2>(out, Some(One(100.0)), One(5.0), Some(One(0.5)), [0.5, 0.5])), [100.0]);
    assert_eq!(over(1, |out| kernel::flow::<false, 1>(out, Some(One(100.0)), One(9.0), NONE, [0.1])), [108.0]);
}

#[test]
fn two_purses_pay_their_own_then_what_either_may() {
    let paid = |purses: [f64; 2], due: [f64; 3]| {
        let mut outs = [[7.0], [7.0], [7.0]];
        let [general, fund, paid] = &mut outs;
        kernel::pay_plan([general, fund, paid], purses.map(One), [&[due[0]], &[due[1]], &[due[2]]]);
        outs.map(|out| out[0])
    };
    // Left in the general purse, left in the fund purse, paid.
    assert_eq!(paid([100.0, 50.0], [10.0, 20.0, 40.0]), [80.0, 0.0, 70.0]);
    assert_eq!(paid([100.0, 90.0], [10.0, 20.0, 40.0]), [90.0, 30.0, 70.0]);
    assert_eq!(paid([15.0, 50.0], [10.0, 20.0, 40.0]), [0.0, 0.0, 65.0]);
    assert_eq!(paid([5.0, 10.0], [10.0, 20.0, 40.0]), [0.0, 0.0, 15.0]);
}

#[test]
fn a_pool_that_reaches_all_ceilings_gives_them_to_its_members() {
    let (member, weight, high) = ([1.0, 0.0, 1.0, 1.0], [2.0, 2.0, 0.0, 2.0], [30.0, 30.0, 30.0, -3.0]);
    assert_eq!(over(4, |out| kernel::ceilings(out, &member[..], &weight[..], &high[..])), [30.0, 0.0, 0.0, 0.0]);
}

/// Long lanes go eight or sixteen places at a time; the rest must count too.
#[test]
fn every_place_counts_in_sums_and_limits() {
    for places in [1, 7, 8, 9, 16, 17, 35] {
        let fine: Vec<f64> = (1..=places).map(f64::from).collect();
        let (most, sum) = (f64::from(places), f64::from(places * (places + 1) / 2));
        assert_eq!([kernel::total(&fine), kernel::magnitude(&fine)], [sum, most]);
        assert!(kernel::within(&fine, most) && !kernel::within(&fine, most - 0.5));
        for place in 0..fine.len() {
            let with = |value: f64| fine.iter().enumerate().map(|(n, x)| if n == place { value } else { *x }).collect::<Vec<_>>();
            assert!(!kernel::within(&with(-100.0), 99.0) && !kernel::within(&with(f64::NAN), 99.0));
            assert_eq!(kernel::magnitude(&with(-100.0)), 100.0);
            assert_eq!(kernel::magnitude(&with(f64::NAN)), f64::INFINITY);
        }
    }
    assert_eq!([kernel::total(&[]), kernel::magnitude(&[])], [0.0, 0.0]);
}
