//! A path in words: `source.land.use.commercial.price` is 国有土地使用权出让收入·商业、住宅用地·地价.

use super::Speaker;
use crate::base::lang::{Lang, Words};
use crate::check;
use crate::rules::{
    agreements::{Options, remitting_forms, sharing_forms},
    bond, budget,
    card::Card,
    field::{Field, Kind},
    sources::{self, Kind as SourceKind, source_kinds},
    spending,
    transfers::giving_forms,
};
use crate::scenario::{CountyAccount, Enclave, Feedback, FirmMove, StateCapital};

impl Speaker<'_> {
    /// The names and words along a path.
    pub(super) fn label(&self, path: &str) -> String {
        let parts: Vec<&str> = path.split('.').collect();
        let said: Vec<String> = match parts.as_slice() {
            ["source", id, rest @ ..] => self.named(self.speak.source_of_key(id), &source_fields(), rest),
            ["upper", level, rest @ ..] => self.upper_label(level, rest),
            ["agreement", id, rest @ ..] => self.agreement_label(id, rest),
            ["transfer", id, rest @ ..] => {
                let name = self.scenario.transfers.iter().find(|t| t.id == *id).map(|t| t.name.as_str());
                let mut fields = vec![check::TRANSFER, crate::rules::span::FIELDS];
                fields.extend(giving_forms().into_iter().map(|(_, fields)| fields));
                self.named(self.speak.called(name.unwrap_or(id)), &fields, rest)
            }
            ["spending", id, rest @ ..] => {
                let name = self.scenario.spending.iter().find(|s| s.id == *id).map(|s| s.name.as_str());
                self.named(self.speak.called(name.unwrap_or(id)), &[spending::FIELDS, crate::rules::span::FIELDS], rest)
            }
            ["move", id, rest @ ..] => {
                let name = self.scenario.moves.iter().find(|m| m.id == *id).map(|m| m.name.as_str());
                self.named(self.speak.called(name.unwrap_or(id)), &[FirmMove::FIELDS], rest)
            }
            ["enclave", id, rest @ ..] => {
                let name = self.scenario.enclaves.iter().find(|e| e.id == *id).map(|e| e.name.as_str());
                self.named(self.speak.called(name.unwrap_or(id)), &[Enclave::FIELDS], rest)
            }
            ["state_capital", rest @ ..] => self.named(self.speak.pick("国有资本经营预算", "state capital budget"), &[StateCapital::FIELDS], rest),
            ["feedback", rest @ ..] => self.named(self.speak.pick("反馈", "feedback"), &[Feedback::FIELDS], rest),
            ["bond", id, rest @ ..] => {
                let name = self.scenario.bonds.iter().find(|b| b.id == *id).map(|b| b.name.as_str());
                self.named(self.speak.called(name.unwrap_or(id)), &[bond::FIELDS], rest)
            }
            [head, rest @ ..] if budget_table(head).is_some() => {
                let (card, fields) = budget_table(head).unwrap_or(budget::TABLES[0]);
                self.named(card.name.get(self.speak.lang).to_owned(), &[fields], rest)
            }
            ["county_account", rest @ ..] => self.named(self.speak.pick("县级账", "the county's account"), &[CountyAccount::FIELDS], rest),
            ["opening", rest @ ..] => self.named(self.speak.pick("期初结余", "opening balance"), &[check::OPENING], rest),
            ["count", id, rest @ ..] => {
                let name = self.scenario.counts.iter().find(|c| c.id == *id).map(|c| c.name.as_str());
                self.named(self.speak.called(name.unwrap_or(id)), &[crate::rules::count::FIELDS], rest)
            }
            ["driver", id, ..] => vec![self.speak.pick("增长因素", "driver"), (*id).to_owned()],
            other => other.iter().map(|part| (*part).to_owned()).collect(),
        };
        said.join(&self.speak.pick("·", ", "))
    }

    fn named(&self, name: String, fields: &[&[Field]], rest: &[&str]) -> Vec<String> {
        let mut said = vec![name];
        self.walk(fields, rest, &mut said);
        said
    }

    fn upper_label(&self, level: &str, rest: &[&str]) -> Vec<String> {
        let level = match level {
            "central" => self.speak.pick("中央分成", "share of the centre"),
            "province" => self.speak.pick("省分成", "share of the province"),
            _ => self.speak.pick("市分成", "share of the city"),
        };
        let source = rest.first().map(|s| if *s == "other" { self.speak.pick("其余各项", "all other sources") } else { self.speak.source_of_key(s) });
        std::iter::once(level).chain(source).collect()
    }

    fn agreement_label(&self, id: &str, rest: &[&str]) -> Vec<String> {
        let Some(agreement) = self.scenario.agreements.iter().find(|a| a.id == id) else { return std::iter::once(id).chain(rest.iter().copied()).map(str::to_owned).collect() };
        let name = self.speak.called(&agreement.name);
        let [part, rest @ ..] = rest else { return vec![name] };
        let basket = |order: Option<&crate::scenario::SharingPart>| order.map(|p| self.basket(&p.of));
        let shared = basket(agreement.sharing.iter().find(|p| p.id == *part));
        let remitted = || basket(agreement.remitting.iter().find(|p| p.id == *part).and_then(|p| agreement.sharing.get(p.of.0)));
        let mut said = vec![name, shared.or_else(remitted).unwrap_or_else(|| (*part).to_owned())];
        let fields: Vec<&[Field]> = sharing_forms().into_iter().chain(remitting_forms()).map(|(_, f)| f).chain([Options::FIELDS]).collect();
        self.walk(&fields, rest, &mut said);
        said
    }

    /// Words of the keys along the way; keys the user chose by the names they were given, if any.
    fn walk(&self, fields: &[&[Field]], rest: &[&str], said: &mut Vec<String>) {
        let [key, rest @ ..] = rest else { return };
        let field = fields.iter().copied().flatten().find(|f| f.key == *key);
        let Some(field) = field else {
            said.push(if *key == "grows_by" { self.speak.pick("每年增长率", "yearly growth") } else { (*key).to_owned() });
            return self.walk(&[], rest, said);
        };
        match (field.kind, rest) {
            (Kind::Keyed(inner), [id, rest @ ..]) => {
                said.push(self.chosen(id));
                self.walk(&[inner], rest, said);
            }
            (Kind::Map(_), [id, ..]) => said.extend([short(field.words, self.speak.lang), self.chosen(id)]),
            (Kind::Table(inner), rest) => {
                said.push(short(field.words, self.speak.lang));
                self.walk(&[inner], rest, said);
            }
            (_, rest) => {
                said.push(short(field.words, self.speak.lang));
                self.walk(&[], rest, said);
            }
        }
    }

    /// The name behind a key within a land source.
    fn chosen(&self, id: &str) -> String {
        let lands = self.scenario.sources.iter().filter_map(|s| if let SourceKind::Land(land) = &s.kind { Some(land) } else { None });
        let named = |land: &sources::Land| {
            let uses = land.uses.iter().map(|u| (&u.id, &u.name));
            let costs = land.costs.iter().map(|c| (&c.id, &c.name));
            let takes = land.takes.iter().map(|t| (&t.id, &t.name));
            uses.chain(costs).chain(takes).find(|(known, _)| *known == id).map(|(_, name)| self.speak.called(name))
        };
        lands.map(AsRef::as_ref).find_map(named).unwrap_or_else(|| id.to_owned())
    }
}

fn budget_table(head: &str) -> Option<(Card, &'static [Field])> {
    budget::TABLES.into_iter().find(|(card, _)| card.kind == head)
}

fn source_fields() -> Vec<&'static [Field]> {
    std::iter::once(sources::COMMON).chain(source_kinds().into_iter().map(|(_, fields)| fields)).collect()
}

/// The words of a key without their explanation.
fn short(words: Words, lang: Lang) -> String {
    let text = words.get(lang);
    let text = text.split(['：', '；', '，', ':', ';', ',']).next().unwrap_or(text).trim();
    // A bracket within a word (税（费）率) is part of it.
    let before = text.split(['（', '(']).next().unwrap_or(text).trim();
    let is_within = text.rfind(['）', ')']).is_some_and(|at| text[at..].chars().count() > 1);
    (if is_within { text } else { before }).to_owned()
}
