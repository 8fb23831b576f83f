//! 12. People and firms that move money between towns: firm moves 收入划转, enclaves 飞地.

use toml::Table;

use super::dates::{ALL_YEAR, Year};
use super::number::part_of;
use super::sources::Stream;
use super::town::Town;
use super::written::{acts, text, word};

/// Which town a name means.
fn place(towns: &[Town], name: &str) -> usize {
    let found: Vec<usize> = (0..towns.len()).filter(|at| towns[*at].written.is_town(name)).collect();
    assert_eq!(found.len(), 1, "{name} is not one town");
    found[0]
}

/// Gross that leaves one town and stands in another.
pub fn firms(root: &Table, towns: &mut [Town], year: Year) {
    for (order, (id, terms)) in acts(root, "move").into_iter().enumerate() {
        let (from, to) = (place(towns, text(&terms["from"])), place(towns, text(&terms["to"])));
        let key = (text(&terms["of"]).to_owned(), year);
        let source = towns[from].source(&key.0);
        let may_move = ["driven", "series", "concession"].contains(&word(source, "kind").expect("a kind")) && !source.contains_key("until");
        assert!(may_move, "move.{id}: which part of {} leaves is not said", key.0);
        let amount = towns[from].written.amount_from(&terms["amount"], year);
        let streams = towns[from].streams.get_mut(&key).expect("streams of the source");
        assert_eq!(streams.len(), 1, "move.{id}: which part of {} leaves is not said", key.0);
        let moved = amount.min(streams[0].gross.max(0));
        streams[0].gross -= moved;
        towns[to].streams.get_mut(&key).expect("streams of the source").push(Stream { gross: moved, life: ALL_YEAR, moved: Some(order) });
    }
}

/// What the town a firm went to gives the one it left: a share of what it has locally of the moved part.
pub fn compensate(root: &Table, towns: &mut [Town], year: Year) {
    for (order, (_, terms)) in acts(root, "move").into_iter().enumerate() {
        let Some(share) = terms.get("compensation") else { continue };
        let (from, to) = (place(towns, text(&terms["from"])), place(towns, text(&terms["to"])));
        let source = text(&terms["of"]);
        let streams = &towns[to].streams[&(source.to_owned(), year)];
        let moved = *streams.iter().find(|stream| stream.moved == Some(order)).expect("the part that moved");
        let local = towns[to].split_stream(source, year, moved).local;
        let amount = part_of(local, towns[to].written.ratio_from(share, year));
        towns[to].income.add("general", "transfer", -amount);
        towns[from].income.add("general", "transfer", amount);
    }
}

/// A share of the host's local part joins the origin's. All enclaves rest on the local parts before any of them.
pub fn enclaves(root: &Table, towns: &mut [Town], year: Year) {
    let before: Vec<_> = towns.iter().map(|town| town.local.clone()).collect();
    let mut left = before.clone();
    for (_, terms) in acts(root, "enclave") {
        let (host, origin) = (place(towns, text(&terms["host"])), place(towns, text(&terms["origin"])));
        let key = (text(&terms["of"]).to_owned(), year);
        let share = towns[host].written.ratio_from(&terms["share"], year);
        let there = left[host].get_mut(&key).expect("a local part");
        let amount = part_of(before[host][&key].max(0), share).min((*there).max(0));
        *there -= amount;
        for (town, amount) in [(host, -amount), (origin, amount)] {
            let local = towns[town].local.get_mut(&key).expect("a local part");
            *local += amount;
            let local = *local;
            towns[town].note(year, format!("source.{}.local", key.0), local);
        }
    }
}
