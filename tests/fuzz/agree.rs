//! The program and the oracle on scenarios that the bytes choose: every draw of the generator takes some of them.

use crate::oracle::compare::{self, Refusal};
use crate::oracle::{compute, generate};

use super::End;

/// No figure may reach this; a spreadsheet shows 15 digits.
const LIMIT: i128 = 1_000_000_000_000_000;

/// Both compute the scenario, to the same fen.
pub fn agree(bytes: &[u8]) -> End {
    let folder = tempfile::tempdir().expect("a temporary folder");
    generate::of_bytes(bytes).write(folder.path());
    let oracle = compute(folder.path());
    match compare::of_program(folder.path()) {
        Ok(program) => {
            let differences = compare::differences(&oracle, &program);
            let first: Vec<String> = differences.iter().take(5).map(|d| format!("{} {} {}: oracle {:?}, program {:?}", d.town, d.year, d.item, d.oracle, d.program)).collect();
            assert!(differences.is_empty(), "{} figures differ\n{}", differences.len(), first.join("\n"));
            End::Computed
        }
        // A remittance that grows with revenue may run away: then the program must say so.
        Err(Refusal::TooLarge(_)) if oracle.values().any(|amount| amount.abs() >= LIMIT) => End::Refused,
        Err(refusal) => panic!("the program gives no figures: {refusal}"),
    }
}
