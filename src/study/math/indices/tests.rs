//! Sobol' indices beside their analytical values and SALib.

use super::super::sobol::Sobol;
use super::super::uniform::Draws;
use super::*;
use std::f64::consts::PI;

const INPUTS: usize = 3;

/// sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁ on −π … π (T. Ishigami, T. Homma 1990).
fn ishigami(unit: &[f64]) -> f64 {
    let x: Vec<f64> = unit.iter().map(|u| (2.0 * u - 1.0) * PI).collect();
    let (sine, square) = (libm::sin(x[0]), x[2] * x[2]);
    sine + 7.0 * libm::sin(x[1]) * libm::sin(x[1]) + 0.1 * square * square * sine
}

/// Π (|4x − 2| + a) / (1 + a) with a = 0, 1, 4.5, 9 (the G-function of Sobol').
fn g_function(unit: &[f64]) -> f64 {
    unit.iter().zip([0.0, 1.0, 4.5, 9.0]).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product()
}

fn bootstrap(resamples: u32) -> Bootstrap {
    Bootstrap { draws: Draws::new(1), stream: 99, resamples }
}

fn results(design: Saltelli, inputs: u32, coordinate: impl Fn(u64, u32) -> f64, model: fn(&[f64]) -> f64) -> Vec<f64> {
    let at = |row: Row| (0..inputs).map(|input| coordinate(row.base, row.coordinate(input))).collect::<Vec<_>>();
    (0..design.rows()).map(|number| model(&at(design.row(number).unwrap()))).collect()
}

fn assert_close(found: &[Estimate], known: &[f64], tolerance: f64) {
    assert_eq!(found.len(), known.len());
    for (found, known) in found.iter().zip(known) {
        assert!((found.value - known).abs() <= tolerance, "{found:?} is not {known}");
    }
}

#[test]
fn rows_are_in_the_order_of_salib() {
    let design = Saltelli::new(2, 2, true).unwrap();
    assert_eq!((design.rows(), design.coordinates()), (12, 4));
    let coordinates = |number| (0..2).map(|input| design.row(number).unwrap().coordinate(input)).collect::<Vec<_>>();
    let known = [[0, 1], [2, 1], [0, 3], [0, 3], [2, 1], [2, 3]];
    assert!((0..6).all(|number| coordinates(number) == known[number as usize]));
    assert_eq!(design.row(3).unwrap().matrix, Matrix::Ba(0));
    assert_eq!(design.row(6).unwrap(), Row { base: 1, matrix: Matrix::A, inputs: 2 });
    assert_eq!(design.row(12), None);
    let plain = Saltelli::new(2, 2, false).unwrap();
    assert_eq!(plain.row(3).unwrap().matrix, Matrix::B);
}

/// `sobol.analyze(problem, Y, calc_second_order=True, seed=1, num_resamples=2000)` of SALib 1.6.0 with NumPy 2.4.6, Python 3.11, for 256 base
/// points whose coordinates are Philox draws of seed 17, stream 0. Estimates agree but for rounding, intervals but for the resampling.
#[test]
fn indices_are_those_of_salib() {
    let draws = Draws::new(17);
    let design = Saltelli::new(256, 3, true).unwrap();
    let indices = design.analyse(&results(design, 3, |point, d| draws.uniform(0, point, d), ishigami), bootstrap(2_000)).unwrap();
    assert_close(&indices.first, &[0.382_989_903_322_201_56, 0.444_417_528_167_044_83, 0.051_302_438_825_225_8], 1e-12);
    assert_close(&indices.total, &[0.624_762_851_136_319_8, 0.455_905_922_664_913_6, 0.272_595_451_002_025], 1e-12);
    let second: Vec<Estimate> = indices.second.iter().map(|(_, estimate)| *estimate).collect();
    assert_close(&second, &[-0.056_177_119_645_840_545, 0.275_439_359_406_860_43, 0.074_239_122_217_281_77], 1e-12);
    assert_eq!(indices.second.iter().map(|(pair, _)| *pair).collect::<Vec<_>>(), [(0, 1), (0, 2), (1, 2)]);
    let widths = indices.first.iter().chain(&indices.total).chain(&second).map(|estimate| estimate.half_width);
    let salib = [0.130_53, 0.102_16, 0.115_97, 0.197_45, 0.079_65, 0.060_56, 0.170_94, 0.186_42, 0.142_82];
    assert!(widths.zip(salib).all(|(width, known)| (width / known - 1.0).abs() < 0.08), "{indices:?}");
}

/// The same for the G-function of four inputs.
#[test]
fn indices_of_the_g_function_are_those_of_salib() {
    let draws = Draws::new(17);
    let design = Saltelli::new(256, 4, true).unwrap();
    let indices = design.analyse(&results(design, 4, |point, d| draws.uniform(0, point, d), g_function), bootstrap(2)).unwrap();
    assert_close(&indices.first, &[0.730_083_464_957_792_6, 0.236_958_733_516_870_13, 0.025_605_031_110_466_588, 0.003_648_657_315_871_598_4], 1e-12);
    assert_close(&indices.total, &[0.781_213_223_874_870_2, 0.205_566_755_328_632_1, 0.032_733_644_185_726_18, 0.012_926_547_246_440_935], 1e-12);
    assert!((indices.second[5].1.value - -0.001_388_181_063_323_642_8).abs() < 1e-12);
}

/// 2^13 scrambled Sobol' points beside the analytical values, which the intervals of 95 % must mostly cover.
#[test]
fn ishigami_comes_near_its_analytical_values() {
    let (sobol, design) = (Sobol::new(6, Draws::new(3), 0).unwrap(), Saltelli::new(1 << 13, 3, false).unwrap());
    let indices = design.analyse(&results(design, 3, |point, d| sobol.value(point, d).unwrap(), ishigami), bootstrap(50)).unwrap();
    // V = a²/8 + bπ⁴/5 + b²π⁸/18 + ½ with a = 7, b = 0.1 is 13.8446.
    assert_close(&indices.first, &[0.313_905_2, 0.442_411_1, 0.0], 0.01);
    assert_close(&indices.total, &[0.557_588_9, 0.442_411_1, 0.243_683_7], 0.01);
    // The widest is 0.197 at 256 points, see above: 0.197/√32 = 0.035 here.
    assert!((indices.total[0].half_width - 0.035).abs() < 0.008, "{:?}", indices.total);
    assert!(!indices.warnings.iter().any(|w| matches!(w, Warning::FirstTooLarge(_) | Warning::TotalTooSmall(_) | Warning::Constant)));
}

/// V_i = 1/(3(1 + a_i)²); S_i = V_i/V, S_Ti = V_i·Π_{j≠i}(1 + V_j)/V with V = Π(1 + V_i) − 1.
#[test]
fn the_g_function_comes_near_its_analytical_values() {
    let (sobol, design) = (Sobol::new(8, Draws::new(5), 0).unwrap(), Saltelli::new(1 << 12, 4, true).unwrap());
    let indices = design.analyse(&results(design, 4, |point, d| sobol.value(point, d).unwrap(), g_function), bootstrap(20)).unwrap();
    let parts = [0.0, 1.0, 4.5, 9.0].map(|a: f64| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
    let variance = parts.iter().map(|part| 1.0 + part).product::<f64>() - 1.0;
    assert_close(&indices.first, &parts.map(|part| part / variance), 0.01);
    assert_close(&indices.total, &parts.map(|part| part * (variance + 1.0) / (1.0 + part) / variance), 0.01);
    for ((j, k), second) in &indices.second {
        assert!((second.value - parts[*j] * parts[*k] / variance).abs() < 0.015, "{j} {k} {second:?}");
    }
    assert_eq!(indices.second.len(), 6);
}

#[test]
fn too_few_points_are_called_so() {
    let draws = Draws::new(4);
    let design = Saltelli::new(16, 3, false).unwrap();
    let indices = design.analyse(&results(design, 3, |point, d| draws.uniform(0, point, d), ishigami), bootstrap(100)).unwrap();
    assert!(indices.warnings.iter().any(|warning| matches!(warning, Warning::WideInterval { input: 0, .. })), "{:?}", indices.warnings);
    // B·(AB − A) of two points can exceed the variance; half the squares can fall short of it.
    let odd = Saltelli::new(2, 1, false).unwrap();
    let large = odd.analyse(&[0.0, 9.0, 1.0, 0.0, -9.0, -1.0], bootstrap(2)).unwrap();
    assert!(large.warnings.iter().any(|warning| matches!(warning, Warning::FirstTooLarge(sum) if *sum > 10.0)), "{large:?}");
    let small = odd.analyse(&[1.0, 1.0, 1.0, -1.0, -1.0, -1.0], bootstrap(2)).unwrap();
    assert!(small.warnings.iter().any(|warning| matches!(warning, Warning::TotalTooSmall(sum) if *sum == 0.0)), "{small:?}");
}

#[test]
fn what_cannot_be_analysed_is_a_fault() {
    assert!(matches!((Saltelli::new(0, 1, true), Saltelli::new(1, 0, true)), (Err(Fault::Empty(_)), Err(Fault::Empty(_)))));
    assert!(matches!(Saltelli::new(u64::MAX, 1, true), Err(Fault::TooMany(_))));
    assert!(matches!(Saltelli::new(1, u32::MAX, true), Err(Fault::TooMany(_))));
    let design = Saltelli::new(2, INPUTS as u32, false).unwrap();
    assert!(matches!(design.analyse(&[1.0; 9], bootstrap(5)), Err(Fault::Lengths { expected: 10, found: 9, .. })));
    assert!(matches!(design.analyse(&[f64::NAN; 10], bootstrap(5)), Err(Fault::NotFinite(_))));
    let constant = design.analyse(&[0.1; 10], bootstrap(5)).unwrap();
    assert_eq!((constant.warnings, constant.first[0].value, constant.total[2].half_width), (vec![Warning::Constant], 0.0, 0.0));
    let mut huge = vec![f64::MAX; 10];
    huge[3] = -f64::MAX;
    assert!(design.analyse(&huge, bootstrap(5)).unwrap().total[2].value.is_finite());
}
