//! Colours. Neighbours in a stack differ in lightness as well as in hue, so the
//! picture holds in black and white and for colour-blind readers.

use plotters::style::RGBColor;

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

fn mix(one: RGBColor, other: RGBColor, share: f64) -> RGBColor {
    let part = |a: u8, b: u8| (f64::from(a) * (1.0 - share) + f64::from(b) * share).round() as u8;
    RGBColor(part(one.0, other.0), part(one.1, other.1), part(one.2, other.2))
}

/// White on dark, ink on light.
fn readable(ground: RGBColor) -> RGBColor {
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
