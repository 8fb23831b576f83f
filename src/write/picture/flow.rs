//! Where one yuan of tax and one yuan of land income goes.

use super::{Nothing, Subject, caption};
use crate::base::lang::Lang;
use crate::measure::finding::money;
use crate::measure::findings::flow::{Part, Raised, Yuan, of_yuan, words};
use crate::write::chart::flow::{End, FlowPanel, FlowPicture, Taker};

/// The picture of the towns and years of a subject.
///
/// # Errors
/// When neither tax nor land income is raised.
pub fn picture(subject: &Subject<'_>) -> Result<FlowPicture, Nothing> {
    let run = subject.run;
    let places: Vec<usize> = subject.views().iter().map(|v| v.place).collect();
    let order = |year: i32| usize::try_from(year - run.scenario.first_year).unwrap_or(0);
    let years = order(subject.years.0)..=order(subject.years.1).min(run.years().saturating_sub(1));
    let flows: Vec<Yuan> = [Raised::Tax, Raised::Land].into_iter().filter_map(|raised| Yuan::of(run, raised, &places, years.clone())).collect();
    if flows.is_empty() {
        return Err(("没有税收，也没有土地出让收入", "neither tax nor land income is raised"));
    }
    let said = words(&subject.who(), &flows, subject.years, subject.lang);
    let line = subject.words("每收 1 元归谁（分），各年合计", "Who gets one yuan (yuan), all years together");
    Ok(FlowPicture { caption: caption(subject, said, line), aspect: subject.aspect, panels: flows.iter().map(|yuan| panel(yuan, subject.lang)).collect() })
}

fn panel(yuan: &Yuan, lang: Lang) -> FlowPanel {
    let zh = lang == Lang::Zh;
    let (title, shared) = match (yuan.raised, lang) {
        (Raised::Tax, Lang::Zh) => ("1 元税收", "县镇分享"),
        (Raised::Tax, Lang::En) => ("One yuan of tax", "shared by county and town"),
        (Raised::Land, Lang::Zh) => ("1 元土地出让收入", "县镇分享"),
        (Raised::Land, Lang::En) => ("One yuan of land income", "shared by county and town"),
    };
    #[expect(clippy::cast_precision_loss, reason = "a picture's coordinate")]
    let end = |(part, amount): &(Part, i64), mills: i64| End {
        name: part.name(yuan.raised, lang).to_owned(),
        amount: *amount as f64,
        text: format!("{}{}{}", of_yuan(mills, lang), if zh { "，共 " } else { ", " }, money(*amount, lang)),
        taker: taker(*part),
        is_shared: part.is_shared(),
    };
    FlowPanel {
        title: title.to_owned(),
        total: if zh { format!("共收 {}", money(yuan.gross, lang)) } else { format!("{} in all", money(yuan.gross, lang)) },
        shared: shared.to_owned(),
        ends: yuan.parts.iter().zip(yuan.mills()).map(|(part, mills)| end(part, mills)).collect(),
        note: note(yuan, lang),
    }
}

/// Who bears a loss has less; where that is more than its part, somebody pays on top.
fn note(yuan: &Yuan, lang: Lang) -> Option<String> {
    let (borne, added) = (money(yuan.borne, lang), money(yuan.added, lang));
    match (yuan.borne > 0, yuan.added > 0, lang) {
        (false, _, _) => None,
        (true, false, Lang::Zh) => Some(format!("已减去承担方垫付和倒挂承担的 {borne}。")),
        (true, false, Lang::En) => Some(format!("Less {borne} that its bearers advance or lose.")),
        (true, true, Lang::Zh) => Some(format!("已减去承担方垫付和倒挂承担的 {borne}；另贴补 {added}，各部分之和因此大于收入。")),
        (true, true, Lang::En) => Some(format!("Less {borne} that its bearers advance or lose; {added} is paid on top, so the parts exceed what is raised.")),
    }
}

const fn taker(part: Part) -> Taker {
    match part {
        Part::Cost | Part::OtherTown => Taker::Outside,
        Part::Central => Taker::Central,
        Part::Province => Taker::Province,
        Part::City => Taker::City,
        Part::CountySetAside | Part::TownSetAside => Taker::SetAside,
        Part::County => Taker::County,
        Part::Town => Taker::Town,
    }
}
