//! Colours, and why they hold without colour.
//!
//! - Kinds of money ([`paint`]): neighbours in a stack differ in lightness as
//!   well as in hue; blue, ochre and bluish green stay apart for red-green and
//!   blue-yellow blindness.
//! - Series ([`series`]): six colours after Okabe and Ito, darkened so that each
//!   has its own lightness; lines have their own dashes as well ([`dash`]).
//! - Amounts ([`sequential`]): white to dark red, lightness falls all the way, so
//!   a copy in grey reads the same.
//! - Missing money is hatched in [`ALARM`] everywhere, never only coloured.

use plotters::style::RGBColor;

use super::canvas::Stroke;
use super::funds::Role;

/// The page.
pub(super) const PAPER: RGBColor = RGBColor(255, 255, 255);
/// Headline and axis.
pub(super) const INK: RGBColor = RGBColor(26, 26, 26);
/// Second line and labels of the axes.
pub(super) const SOFT: RGBColor = RGBColor(72, 72, 72);
/// The last footnote and leader lines.
pub(super) const FAINT: RGBColor = RGBColor(112, 112, 112);
/// Grid.
pub(super) const GRID: RGBColor = RGBColor(226, 226, 226);
/// Planned spending, gaps and their labels.
pub(super) const ALARM: RGBColor = RGBColor(178, 24, 32);
/// Badge: ground, edge and text.
pub(super) const BADGE: [RGBColor; 3] = [RGBColor(255, 243, 205), RGBColor(214, 176, 64), RGBColor(102, 77, 3)];

/// Fill, edge (only for drawn balances) and text colour of a segment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Paint {
    pub fill: RGBColor,
    pub edge: Option<RGBColor>,
    pub text: RGBColor,
}

/// The paint of the `nth` source of a role: further sources of the same role
/// are lighter and darker in turn.
pub(super) fn paint(role: Role, nth: usize) -> Paint {
    let (fill, text) = match role {
        Role::Tax => (RGBColor(43, 91, 138), PAPER),
        Role::Transfer => (RGBColor(205, 205, 205), INK),
        Role::Fee => (RGBColor(84, 147, 123), INK),
        Role::Land => (RGBColor(208, 162, 48), INK),
        Role::Other => (RGBColor(122, 102, 146), PAPER),
        Role::Drawn => (RGBColor(248, 243, 224), INK),
    };
    let fill = match nth % 4 {
        shade if role == Role::Drawn => mix(fill, INK, 0.12 * shade as f64),
        0 => fill,
        1 => mix(fill, PAPER, 0.38),
        2 => mix(fill, INK, 0.55),
        _ => mix(fill, PAPER, 0.62),
    };
    let text = if nth == 0 { text } else { readable(fill) };
    let edge = (role == Role::Drawn).then_some(RGBColor(140, 122, 66));
    Paint { fill, edge, text }
}

/// The most series one chart tells apart.
pub(super) const MOST_SERIES: usize = 6;

/// The colour of the `nth` series: blue, vermilion, green, ochre, violet, grey. Each has its own lightness and 3 : 1 contrast on paper.
pub(super) fn series(nth: usize) -> RGBColor {
    [RGBColor(0, 84, 147), RGBColor(200, 80, 10), RGBColor(20, 128, 96), RGBColor(166, 124, 0), RGBColor(92, 46, 110), RGBColor(120, 120, 120)][nth % MOST_SERIES]
}

/// The line of the `nth` series: colour and dashes, so that lines are told apart in black and white.
pub(super) fn dash(nth: usize, width: u32) -> Stroke {
    let dash = [None, Some((12.0, 5.0)), Some((4.0, 4.0)), Some((18.0, 4.0)), Some((8.0, 8.0)), Some((2.0, 6.0))][nth % MOST_SERIES];
    Stroke { color: series(nth), width, dash }
}

/// The ramp through some colours at `share` (0 to 1).
fn ramp(stops: &[RGBColor], share: f64) -> RGBColor {
    let at = share.clamp(0.0, 1.0) * (stops.len() - 1) as f64;
    let from = (at.floor() as usize).min(stops.len() - 2);
    mix(stops[from], stops[from + 1], at - from as f64)
}

/// How much of something: 0 pale, 1 darkest.
pub(super) fn sequential(share: f64) -> RGBColor {
    ramp(&[RGBColor(254, 240, 217), RGBColor(253, 204, 138), RGBColor(242, 140, 90), RGBColor(207, 70, 40), RGBColor(120, 10, 10)], share)
}

/// A colour between two.
pub(super) fn mix(one: RGBColor, other: RGBColor, share: f64) -> RGBColor {
    let part = |a: u8, b: u8| (f64::from(a) * (1.0 - share) + f64::from(b) * share).round() as u8;
    RGBColor(part(one.0, other.0), part(one.1, other.1), part(one.2, other.2))
}

/// White on dark, ink on light.
pub(super) fn readable(ground: RGBColor) -> RGBColor {
    if luminance(ground) < 0.18 { PAPER } else { INK }
}

/// Relative luminance as WCAG defines it.
fn luminance(color: RGBColor) -> f64 {
    let line = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { libm::pow((part + 0.055) / 1.055, 2.4) }
    };
    0.2126 * line(color.0) + 0.7152 * line(color.1) + 0.0722 * line(color.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_grow_darker_all_the_way() {
        let steps: Vec<f64> = (0..=20).map(|k| luminance(sequential(f64::from(k) / 20.0))).collect();
        assert!(steps.windows(2).all(|pair| pair[1] < pair[0]), "{steps:?}");
    }

    #[test]
    fn series_stand_out_on_paper_and_in_grey() {
        let light: Vec<f64> = (0..MOST_SERIES).map(|nth| luminance(series(nth))).collect();
        assert!(light.iter().all(|l| 1.05 / (l + 0.05) >= 3.0), "{light:?}");
    }

    #[test]
    fn text_on_segments_has_contrast() {
        for role in [Role::Tax, Role::Transfer, Role::Fee, Role::Land, Role::Other, Role::Drawn] {
            for nth in 0..4 {
                let paint = paint(role, nth);
                let (a, b) = (luminance(paint.fill), luminance(paint.text));
                let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(contrast >= 4.5, "{role:?} {nth}: {contrast:.1}");
            }
        }
    }
}
