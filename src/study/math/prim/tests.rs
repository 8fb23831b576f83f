//! PRIM where the box is obvious.

use super::super::uniform::Draws;
use super::*;

/// 20 × 20 points; those with x ≥ 14 and y ≤ 7 are of interest: 48 of 400.
fn corner() -> (Vec<Vec<f64>>, Vec<bool>) {
    let points: Vec<(u32, u32)> = (0..20).flat_map(|x| (0..20).map(move |y| (x, y))).collect();
    let column = |of: fn(&(u32, u32)) -> u32| points.iter().map(|point| f64::from(of(point))).collect();
    (vec![column(|p| p.0), column(|p| p.1)], points.iter().map(|(x, y)| *x >= 14 && *y <= 7).collect())
}

/// Random points in four inputs; of interest where x₁ > 0.6 and 0.2 < x₃ < 0.6.
fn random(points: u64) -> (Vec<Vec<f64>>, Vec<bool>) {
    let draws = Draws::new(12);
    let columns: Vec<Vec<f64>> = (0..4).map(|d| (0..points).map(|point| draws.uniform(0, point, d)).collect()).collect();
    let interesting = (0..points as usize).map(|point| columns[1][point] > 0.6 && columns[3][point] > 0.2 && columns[3][point] < 0.6).collect();
    (columns, interesting)
}

#[test]
fn the_corner_is_found_exactly() {
    let (columns, interesting) = corner();
    let found = discover(&columns, &interesting, Settings::default()).unwrap();
    assert_eq!(found.region.limits, [Limits { low: Some(14.0), high: None }, Limits { low: None, high: Some(7.0) }]);
    assert_eq!((found.region.points, found.region.hits, found.region.all_hits), (48, 48, 48));
    assert_eq!((found.region.coverage(), found.region.density(), found.region.mass()), (1.0, 1.0, 0.12));
    // The densest remainder is always without a level of x or y that holds nothing: 14 + 12 levels to peel.
    assert_eq!((found.trajectory.len(), found.chosen), (27, 26));
    assert!(found.trajectory.windows(2).all(|pair| pair[1].points < pair[0].points && pair[1].hits == 48));
    assert_eq!(found.trajectory[0].density(), 0.12);
    // Without x: 160 points, 48 hits, 0.3^48; without y: 120 points, 48 hits, 0.4^48.
    let known = [(0, 7.976_644_307_687_236e-26), (1, 7.922_816_251_426_455e-20)];
    for ((input, p), (known_input, known)) in found.p_values.iter().zip(known) {
        assert!(*input == known_input && (p / known - 1.0).abs() < 1e-10, "{p}");
    }
}

#[test]
fn the_two_inputs_that_matter_are_found_among_four() {
    let (columns, interesting) = random(2_000);
    let found = discover(&columns, &interesting, Settings::default()).unwrap();
    assert_eq!(found.region.restricted().collect::<Vec<_>>(), [1, 3]);
    assert!(found.region.coverage() > 0.9 && found.region.density() > 0.9, "{:?}", found.region);
    let near = |limit: Option<f64>, known: f64| limit.is_some_and(|limit| (limit - known).abs() < 0.03);
    let [_, first, _, third] = found.region.limits[..] else { panic!("four inputs") };
    assert!(near(first.low, 0.6) && first.high.is_none() && near(third.low, 0.2) && near(third.high, 0.6), "{:?}", found.region);
    assert!(found.p_values.iter().all(|(_, p)| *p < 1e-20));
}

#[test]
fn what_matters_comes_back_when_points_are_resampled() {
    let (columns, interesting) = random(300);
    let bootstrap = Bootstrap { draws: Draws::new(3), stream: 5, resamples: 10 };
    let shares = reproducibility(&columns, &interesting, Settings::default(), bootstrap).unwrap();
    assert_eq!((shares[1], shares[3]), (1.0, 1.0));
    assert!(shares[0] < 0.8 && shares[2] < 0.8, "{shares:?}");
    let none = Bootstrap { resamples: 0, ..bootstrap };
    assert_eq!(reproducibility(&columns, &interesting, Settings::default(), none).unwrap(), [0.0; 4]);
}

/// Of interest is y ≥ 10, on 20 × 20 points. 300 more points at x = 0, y < 10 make that level of x the first to be peeled, which is too much: its ten
/// points with y ≥ 10 go with it. Once y is limited they can come back, and x need not be limited at all.
#[test]
fn pasting_takes_back_what_was_cut_off_too_early() {
    let (mut columns, _) = corner();
    columns[0].extend([0.0; 300]);
    columns[1].extend((0..300).map(|point| f64::from(point % 10)));
    let interesting: Vec<bool> = columns[1].iter().map(|y| *y >= 10.0).collect();
    let found = discover(&columns, &interesting, Settings::default()).unwrap();
    let peeled = &found.trajectory[found.chosen];
    assert_eq!((found.trajectory[1].points, found.trajectory[1].hits), (380, 190));
    assert_eq!((peeled.points, peeled.hits, peeled.limits[0].low), (190, 190, Some(1.0)));
    assert_eq!((found.region.points, found.region.hits), (200, 200));
    assert_eq!(found.region.limits, [Limits { low: None, high: None }, Limits { low: Some(10.0), high: None }]);
    assert_eq!(found.p_values.len(), 1);
}

/// A patient search limits inputs that do not matter by a point or two; such limits are dropped where they exclude nothing in the end.
#[test]
fn limits_that_exclude_nothing_are_dropped() {
    let (columns, interesting) = random(200);
    let found = discover(&columns, &interesting, Settings::default()).unwrap();
    let peeled = &found.trajectory[found.chosen];
    assert_eq!(peeled.restricted().collect::<Vec<_>>(), [0, 1, 3]);
    assert_eq!(found.region.restricted().collect::<Vec<_>>(), [1, 3]);
    assert_eq!((peeled.points, peeled.hits), (found.region.points, found.region.hits));
}

/// `scipy.stats.binomtest(k, n, p, alternative="greater").pvalue` (SciPy 1.17.1).
#[test]
fn the_binomial_tail_is_that_of_scipy() {
    let known = [
        (48, 48, 0.3, 7.976_644_307_687_236e-26),
        (15, 20, 0.5, 0.020_694_732_666_015_625),
        (60, 500, 0.1, 0.080_987_162_227_032_99),
        (3, 1_000, 0.01, 0.997_320_568_006_208_5),
        (900, 5_000, 0.15, 3.810_751_777_295_541e-9),
    ];
    for (hits, points, p, tail) in known {
        assert!((at_least(hits, points, p) / tail - 1.0).abs() < 1e-9, "{hits} of {points}");
    }
    assert_eq!((at_least(0, 0, 0.0), at_least(1, 1, 0.0), at_least(1, 1, 1.0)), (1.0, 0.0, 1.0));
}

#[test]
fn what_cannot_be_searched_is_a_fault() {
    let settings = Settings::default();
    assert!(matches!(discover(&[], &[true], settings), Err(Fault::Empty(_))));
    assert!(matches!(discover(&[vec![]], &[], settings), Err(Fault::Empty(_))));
    assert!(matches!(discover(&[vec![1.0]], &[false], settings), Err(Fault::Empty(_))));
    assert!(matches!(discover(&[vec![1.0]], &[true, true], settings), Err(Fault::Lengths { .. })));
    assert!(matches!(discover(&[vec![f64::NAN]], &[true], settings), Err(Fault::NotFinite(_))));
    for (alpha, least_mass) in [(0.0, 0.1), (1.0, 0.1), (f64::NAN, 0.1), (0.1, -1.0), (0.1, f64::NAN)] {
        assert!(matches!(discover(&[vec![1.0]], &[true], Settings { alpha, least_mass }), Err(Fault::OutOfRange(_))));
    }
    // Everything of interest, or all inputs alike: the whole space is the box.
    for interesting in [[true, true], [true, false]] {
        let found = discover(&[vec![1.0, 1.0]], &interesting, settings).unwrap();
        assert_eq!((found.trajectory.len(), found.region.restricted().count(), found.p_values.len()), (1, 0, 0));
    }
}
