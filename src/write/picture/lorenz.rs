//! How unequal towns are a head: the first and the last year, and the coefficient of every year.

use super::{Nothing, Subject, caption};
use crate::measure::findings::lorenz::{Spread, spreads, words};
use crate::write::chart::lorenz::{Curve, LorenzPicture};

/// The picture.
///
/// # Errors
/// When fewer than two towns have a population.
pub fn picture(subject: &Subject<'_>) -> Result<LorenzPicture, Nothing> {
    let all = spreads(&subject.views(), subject.years);
    let (Some(first), Some(last)) = (all.first(), all.last()) else {
        return Err(("要有两个以上有人口数、有留存财力的镇", "it takes two or more towns with a population and retained funds"));
    };
    let named = |spread: &Spread| Curve {
        name: subject.words(&format!("{} 年 {:.3}", spread.year, spread.gini), &format!("{}: {:.3}", spread.year, spread.gini)),
        shares: spread.shares.clone(),
    };
    let mut curves = vec![named(last)];
    if all.len() > 1 {
        curves.push(named(first));
    }
    let names = [
        subject.words("镇数累计（人均财力从低到高）", "share of towns, lowest funds a head first"),
        subject.words("人均留存财力累计占比", "cumulative share of retained funds a head"),
        subject.words("完全平均", "all equal"),
    ];
    Ok(LorenzPicture {
        caption: caption(subject, words(&all, subject.lang), subject.words("人均留存财力，%；基尼系数（0—1）", "Retained funds a head, %; Gini coefficient (0–1)")),
        aspect: subject.aspect,
        curves,
        names,
        years: all.iter().map(|s| s.year).collect(),
        gini: all.iter().map(|s| s.gini).collect(),
        gini_name: subject.words("各年基尼系数", "Gini coefficient by year"),
    })
}
