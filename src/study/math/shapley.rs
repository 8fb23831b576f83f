//! Shapley values 夏普利值: what each of several changes contributes to a difference, whatever the order they are made in.
//!
//! L. S. Shapley, “A value for n-person games”, 1953. A player is a changed rule; the value of a coalition is the result, in fen, with just its
//! changes made. The contributions add up to the whole difference, to the fen.

use crate::base::amount::Fen;

use super::bootstrap::deviation;
use super::fault::{Fault, MOST_INPUTS};
use super::permutation::shuffled;
use super::uniform::Draws;

/// The most players whose 2^n coalitions are all worked out.
pub const MOST_EXACT: u32 = 10;

/// Exact Shapley values as fractions: `numerators[i] / denominator`, with denominator n!.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exact {
    /// Σ over coalitions S without i of |S|!·(n − |S| − 1)!·(v(S ∪ i) − v(S)), in fen × n!.
    pub numerators: Vec<i128>,
    /// n!.
    pub denominator: i128,
}

impl Exact {
    /// From the values of all coalitions: `values[mask]` is that of the players whose bits are set in `mask`, so there are 2^n.
    ///
    /// # Errors
    /// A number of values that is no power of two; more than [`MOST_EXACT`] players.
    pub fn new(values: &[Fen]) -> Result<Self, Fault> {
        if !values.len().is_power_of_two() {
            return Err(Fault::OutOfRange("2^n values of coalitions"));
        }
        let players = values.len().trailing_zeros();
        if players > MOST_EXACT {
            return Err(Fault::TooMany("players (10)"));
        }
        let numerators = (0..players).map(|player| numerator(values, player, players)).collect();
        Ok(Self { numerators, denominator: factorial(players) })
    }

    /// Whole fen that add up to v(N) − v(∅) exactly: each rounded down, what is missing goes by the fen to the largest remainders, ties to
    /// the earlier player 最大余数法.
    ///
    /// # Errors
    /// A contribution beyond what fen can count (some 9·10^18).
    pub fn fen(&self) -> Result<Vec<Fen>, Fault> {
        whole(&self.numerators, self.denominator)
    }
}

/// The sum of one player's weighted contributions, times n!. At most 2^22 · 2^64, far within 128 bits.
fn numerator(values: &[Fen], player: u32, players: u32) -> i128 {
    let bit = 1_usize << player;
    let without = (0..values.len()).filter(|mask| mask & bit == 0);
    let terms = without.map(|mask| {
        let size = mask.count_ones();
        factorial(size) * factorial(players - size - 1) * (i128::from(values[mask | bit]) - i128::from(values[mask]))
    });
    terms.sum()
}

fn factorial(n: u32) -> i128 {
    (1..=i128::from(n)).product()
}

/// Fractions of one denominator to whole numbers with the same sum, by largest remainder.
fn whole(numerators: &[i128], denominator: i128) -> Result<Vec<Fen>, Fault> {
    let mut shares: Vec<i128> = numerators.iter().map(|numerator| numerator.div_euclid(denominator)).collect();
    // The remainders add up to a multiple of the denominator, less than one for each player.
    let missing = numerators.iter().map(|numerator| numerator.rem_euclid(denominator)).sum::<i128>() / denominator;
    let mut order: Vec<usize> = (0..numerators.len()).collect();
    order.sort_by_key(|player| (-numerators[*player].rem_euclid(denominator), *player));
    order.into_iter().take(usize::try_from(missing).unwrap_or(0)).for_each(|player| shares[player] += 1);
    shares.into_iter().map(|share| Fen::try_from(share).map_err(|_| Fault::TooMany("digits in a contribution"))).collect()
}

/// Shapley values of many players from random orders 抽样估计 (J. Castro, D. Gómez, J. Tejada, Computers & Operations Research 36 (2009)).
///
/// Rows: for every order the coalitions of its first 0, 1, … n players; row k of order p is number p·(n + 1) + k.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sampling {
    players: u32,
    orders: u64,
    draws: Draws,
    stream: u32,
}

/// A contribution estimated from random orders.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contribution {
    /// The estimate, whole fen; all of them add up to v(N) − v(∅) exactly.
    pub fen: Fen,
    /// Its standard error \[分\] 标准误: the standard deviation over orders ÷ √orders; infinite with a single order.
    pub standard_error: f64,
}

impl Sampling {
    /// `orders` random orders of `players` players.
    ///
    /// # Errors
    /// No player or order; more players than 2^20, or 2^32 orders and more.
    pub fn new(players: u32, orders: u64, draws: Draws, stream: u32) -> Result<Self, Fault> {
        if players == 0 || orders == 0 {
            return Err(Fault::Empty("players or orders"));
        }
        let countable = orders < 1 << 32 && players <= MOST_INPUTS;
        if countable { Ok(Self { players, orders, draws, stream }) } else { Err(Fault::TooMany("orders or players")) }
    }

    /// Rows: orders × (players + 1).
    #[must_use]
    pub const fn rows(&self) -> u64 {
        self.orders * (self.players as u64 + 1)
    }

    /// The players in the coalition of row `number`, from 0, an entry a player; `None` past the last row.
    #[must_use]
    pub fn coalition(&self, number: u64) -> Option<Vec<bool>> {
        if number >= self.rows() {
            return None;
        }
        let length = u64::from(self.players) + 1;
        let mut members = vec![false; self.players as usize];
        self.order(number / length).into_iter().take((number % length) as usize).for_each(|player| members[player] = true);
        Some(members)
    }

    fn order(&self, number: u64) -> Vec<usize> {
        shuffled(self.players as usize, self.draws, self.stream, number)
    }

    /// The contributions, from the value of every row in order.
    ///
    /// # Errors
    /// Another number of values than rows; orders that do not agree on v(N) or v(∅); a contribution beyond what fen can count.
    pub fn estimate(&self, values: &[Fen]) -> Result<Vec<Contribution>, Fault> {
        if values.len() as u64 != self.rows() {
            return Err(Fault::Lengths { what: "values", expected: u128::from(self.rows()), found: values.len() as u128 });
        }
        let players = self.players as usize;
        let (none, all) = (values[0], values[players]);
        let mut steps: Vec<Vec<i128>> = vec![Vec::new(); players];
        for (order, values) in (0..).zip(values.chunks_exact(players + 1)) {
            if values[0] != none || values[players] != all {
                return Err(Fault::OutOfRange("the same v(N) and v(∅) in every order"));
            }
            let pairs = values.windows(2).map(|pair| i128::from(pair[1]) - i128::from(pair[0]));
            self.order(order).into_iter().zip(pairs).for_each(|(player, step)| steps[player].push(step));
        }
        // 2^32 steps of 2^64 fit in 128 bits.
        let sums: Vec<i128> = steps.iter().map(|steps| steps.iter().sum()).collect();
        let shares = whole(&sums, i128::from(self.orders))?;
        Ok(shares.into_iter().zip(&steps).map(|(fen, steps)| Contribution { fen, standard_error: standard_error(steps) }).collect())
    }
}

fn standard_error(steps: &[i128]) -> f64 {
    if steps.len() < 2 {
        return f64::INFINITY;
    }
    let steps: Vec<f64> = steps.iter().map(|step| *step as f64).collect();
    deviation(&steps) / (steps.len() as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The glove game: player 0 has a left glove, 1 and 2 a right one each, a pair is worth 1. By hand: 4/6, 1/6, 1/6.
    const GLOVES: [Fen; 8] = [0, 0, 0, 1, 0, 1, 0, 1];

    #[test]
    fn the_glove_game() {
        let exact = Exact::new(&GLOVES).unwrap();
        assert_eq!(exact, Exact { numerators: vec![4, 1, 1], denominator: 6 });
        // Rounded down 0, 0, 0; one fen is missing and goes to the largest remainder.
        assert_eq!(exact.fen().unwrap(), [1, 0, 0]);
        let hundred = GLOVES.map(|value| value * 100);
        // 66⅔, 16⅔, 16⅔: two fen are missing, all remainders are equal, the earlier players get them.
        assert_eq!(Exact::new(&hundred).unwrap().fen().unwrap(), [67, 17, 16]);
    }

    /// By hand, from −7 to 12: v(1) = 3, v(2) = −1, together 12. φ₁ = ((3 + 7) + (12 + 1))/2 = 11½, φ₂ = ((−1 + 7) + (12 − 3))/2 = 7½.
    #[test]
    fn two_changes_by_hand() {
        let exact = Exact::new(&[-7, 3, -1, 12]).unwrap();
        assert_eq!((exact.numerators.clone(), exact.denominator), (vec![23, 15], 2));
        assert_eq!(exact.fen().unwrap(), [12, 7]);
        let loss = Exact::new(&[7, -3, 1, -12]).unwrap();
        assert_eq!(loss.fen().unwrap(), [-11, -8]);
    }

    /// Efficiency, symmetry, a player who changes nothing, and additivity, for random games of 10.
    #[test]
    fn the_axioms_hold() {
        let draws = Draws::new(6);
        let game = |stream| (0..1_024_u64).map(|mask| draws.below(1_000_000, stream, mask & !4, 0) as Fen - 500_000).collect::<Vec<_>>();
        let (first, second) = (game(0), game(1));
        let (one, two) = (Exact::new(&first).unwrap(), Exact::new(&second).unwrap());
        assert_eq!(one.numerators[2], 0);
        assert_eq!(one.numerators.iter().sum::<i128>(), i128::from(first[1_023] - first[0]) * one.denominator);
        assert_eq!(one.fen().unwrap().iter().sum::<Fen>(), first[1_023] - first[0]);
        let both: Vec<Fen> = first.iter().zip(&second).map(|(a, b)| a + b).collect();
        assert!(Exact::new(&both).unwrap().numerators.iter().zip(one.numerators.iter().zip(&two.numerators)).all(|(sum, (a, b))| *sum == a + b));
        let by_size: Vec<Fen> = (0..1_024_u32).map(|mask| Fen::from(mask.count_ones() * mask.count_ones())).collect();
        assert_eq!(Exact::new(&by_size).unwrap().fen().unwrap(), [10; 10]);
    }

    #[test]
    fn random_orders_come_near() {
        let sampling = Sampling::new(3, 2_000, Draws::new(8), 1).unwrap();
        let mask = |members: Vec<bool>| members.iter().enumerate().map(|(player, member)| usize::from(*member) << player).sum::<usize>();
        let values: Vec<Fen> = (0..sampling.rows()).map(|row| GLOVES[mask(sampling.coalition(row).unwrap())] * 60_000).collect();
        let found = sampling.estimate(&values).unwrap();
        assert_eq!(found.iter().map(|c| c.fen).sum::<Fen>(), 60_000);
        for (found, known) in found.iter().zip([40_000.0, 10_000.0, 10_000.0]) {
            assert!((found.fen as f64 - known).abs() < 3.0 * found.standard_error, "{found:?}");
            // √(p(1 − p)/2000) of 60,000: 632 for p = ⅔, 500 for p = ⅙.
            assert!((450.0..680.0).contains(&found.standard_error), "{found:?}");
        }
    }

    #[test]
    fn what_cannot_be_divided_is_a_fault() {
        assert!(matches!((Exact::new(&[]), Exact::new(&[1, 2, 3])), (Err(Fault::OutOfRange(_)), Err(Fault::OutOfRange(_)))));
        assert!(matches!(Exact::new(&[0; 2_048]), Err(Fault::TooMany(_))));
        assert!(Exact::new(&[5]).unwrap().fen().unwrap().is_empty());
        assert!(matches!(Exact::new(&[i64::MIN, i64::MAX]).unwrap().fen(), Err(Fault::TooMany(_))));
        let of = |players, orders| Sampling::new(players, orders, Draws::new(1), 0);
        assert!(matches!((of(0, 1), of(1, 0)), (Err(Fault::Empty(_)), Err(Fault::Empty(_)))));
        assert!(matches!((of(2, u64::MAX), of(u32::MAX, 1)), (Err(Fault::TooMany(_)), Err(Fault::TooMany(_)))));
        let one = of(1, 1).unwrap();
        assert_eq!((one.coalition(0), one.coalition(1), one.coalition(2)), (Some(vec![false]), Some(vec![true]), None));
        assert_eq!(one.estimate(&[1, 3]).unwrap(), [Contribution { fen: 2, standard_error: f64::INFINITY }]);
        assert!(one.estimate(&[1]).is_err());
        assert!(of(1, 2).unwrap().estimate(&[1, 3, 1, 4]).is_err());
    }
}
