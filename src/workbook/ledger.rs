//! Where the money goes 收入去向: a line an item, town and year, the parties across.

use rust_xlsxwriter::XlsxError;

use super::words::pick;
use super::{LAST_ROW, Subject, Writer};
use crate::base::amount::Fen;
use crate::compile::accounts::{Party, Posting};
use crate::measure::town::TownView;

/// What each party gets of an item.
struct Line<'r> {
    item: &'r str,
    amounts: [Fen; 7],
}

/// Writes the worksheet; where there are more rows than fit it goes on on another one.
///
/// # Errors
/// What the writer of workbooks refuses.
pub fn write(writer: &mut Writer<'_>, subject: &Subject<'_>) -> Result<(), XlsxError> {
    let (lang, orders, labels) = (subject.lang, subject.orders(), writer.labels);
    let mut lines =
        subject.views().flat_map(|view| orders.iter().flat_map(move |order| of_year(subject, view, *order).into_iter().map(move |line| (view, *order, line)))).peekable();
    loop {
        let mut page = writer.long_page("收入去向", "Where money goes")?;
        let style = page.style;
        let note = pick(
            lang,
            "每项收入、补助归谁所得，付出为负；各方之和是该项总额（专项和债券除外）。",
            "Who gets what of every source and grant, payments below nothing; the parties add up to the item.",
        );
        let head = page.top(pick(lang, "收入去向", "Where the money goes"), &[note.to_owned()])?;
        let heads: Vec<&str> = [pick(lang, "县", "county"), pick(lang, "镇", "town"), pick(lang, "年度", "year"), pick(lang, "收支项目", "item")]
            .into_iter()
            .chain(Party::ALL.iter().map(|party| party.words().get(lang)))
            .chain([pick(lang, "合计", "sum")])
            .collect();
        page.head(head, 1, &heads)?;
        page.freeze(head + 1, 5)?;
        let mut row = head;
        let mut sums = [0; 7];
        // The last row is kept for the sums.
        while row + 2 < LAST_ROW {
            let Some((view, order, line)) = lines.next() else { break };
            row += 1;
            page.text(row, 1, &view.town.county, &style.text)?;
            page.text(row, 2, &view.town.name, &style.text)?;
            page.number(row, 3, f64::from(subject.run.year(order)), &style.whole)?;
            page.text(row, 4, &labels.called(line.item), &style.text)?;
            for (n, fen) in line.amounts.iter().enumerate() {
                page.money(row, 5 + n, *fen, &style.money)?;
                sums[n] += fen;
            }
            page.money(row, 12, line.amounts.iter().sum(), &style.total)?;
        }
        page.filter(head, row, heads.len())?;
        if row > head {
            page.text(row + 1, 4, pick(lang, "合计", "total"), &style.total_text)?;
            sums.iter().enumerate().try_for_each(|(n, fen)| page.sum(row + 1, 5 + n, (head + 1, row), *fen))?;
        }
        page.widths(1, &[12, 14, 8, 34, 13, 13, 13, 13, 13, 13, 13, 14])?;
        if lines.peek().is_none() {
            return Ok(());
        }
    }
}

/// The items of a town and year, without those of which nobody gets anything.
fn of_year<'r>(subject: &'r Subject<'_>, view: &TownView<'_>, order: usize) -> Vec<Line<'r>> {
    let mut found: Vec<(&str, Line<'r>)> = Vec::new();
    let postings: &'r [Posting] = &subject.run.compiled.accounts.postings;
    for posting in postings {
        let amount = subject.run.outcome.fen(posting.lane, order, view.place) * if posting.is_paid { -1 } else { 1 };
        if amount == 0 {
            continue;
        }
        let party = Party::ALL.iter().position(|party| *party == posting.party).unwrap_or(0);
        // Postings of an item stand together.
        match found.last_mut().filter(|(item, line)| *item == posting.item && line.item == posting.name) {
            Some((_, line)) => line.amounts[party] += amount,
            None => {
                let mut line = Line { item: &posting.name, amounts: [0; 7] };
                line.amounts[party] = amount;
                found.push((&posting.item, line));
            }
        }
    }
    found.into_iter().map(|(_, line)| line).collect()
}
