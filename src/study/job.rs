//! A sweep cut into chunks: each is computed alone and printed to bytes, the same whoever computes it and when.

use super::evaluate::Evaluator;
use super::figures::{Figures, Wanted};
use super::points::Points;
use super::rows::{Point, Rows};
use super::subject::Failed;

/// Points of a chunk at most.
const MOST_POINTS: u64 = 4_096;
/// Points of a chunk at most, where each is a whole run.
const MOST_RUNS: u64 = 256;
/// Figures by town (or town and year) a chunk holds at most.
const MOST_FIGURES: u64 = 4_000_000;

/// A sweep ready to be computed.
#[derive(Debug)]
pub struct Job {
    /// Computes points.
    pub evaluator: Evaluator,
    /// Which points there are.
    pub points: Points,
    /// How they are printed.
    pub rows: Rows,
    /// What is wanted of each.
    pub wanted: Wanted,
    /// Points town by town are printed.
    pub by_town: bool,
    /// The first point of the shard.
    pub first: u64,
    /// The one after its last.
    pub end: u64,
}

/// A chunk as bytes.
#[derive(Clone, Debug, Default)]
pub struct Chunk {
    /// Lines of `points`.
    pub points: Vec<u8>,
    /// Lines of `points_towns`.
    pub towns: Vec<u8>,
    /// \[分\] Gaps by point, year and town, as little-endian whole numbers; points that failed are left out.
    pub gaps: Vec<u8>,
    /// See [`Sum`].
    pub sums: Vec<u8>,
}

/// What the words about a sweep are made of: one a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sum {
    /// \[分\] Planned.
    pub planned: i64,
    /// \[分\] Paid.
    pub paid: i64,
    /// The number of the code where it failed, else 0.
    pub failed: u16,
}

impl Sum {
    /// How many bytes one takes.
    pub const BYTES: usize = 18;

    /// As bytes.
    #[must_use]
    pub fn bytes(self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        bytes[..8].copy_from_slice(&self.planned.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.paid.to_le_bytes());
        bytes[16..].copy_from_slice(&self.failed.to_le_bytes());
        bytes
    }

    /// All that stand in some bytes.
    pub fn read(bytes: &[u8]) -> impl Iterator<Item = Self> + '_ {
        let whole = |part: &[u8]| part.try_into().map(i64::from_le_bytes).unwrap_or_default();
        let sum = move |one: &[u8]| Self { planned: whole(&one[..8]), paid: whole(&one[8..16]), failed: u16::from_le_bytes([one[16], one[17]]) };
        bytes.chunks_exact(Self::BYTES).map(sum)
    }
}

/// The gaps that stand in some bytes.
pub fn gaps(bytes: &[u8]) -> impl Iterator<Item = i64> + '_ {
    bytes.as_chunks::<8>().0.iter().map(|eight| i64::from_le_bytes(*eight))
}

impl Job {
    /// How many points a chunk has.
    #[must_use]
    pub fn size(&self) -> u64 {
        let towns = u64::try_from(self.wanted.towns).unwrap_or(1).max(1);
        let years = u64::try_from(self.wanted.years).unwrap_or(1).max(1);
        let figures = if self.wanted.by_year {
            towns * years
        } else if self.wanted.by_town {
            towns
        } else {
            1
        };
        // Whole runs are slow: what an interrupted sweep has done is kept, and told, sooner.
        let most = if self.evaluator.slow().is_some() { MOST_RUNS } else { MOST_POINTS };
        (MOST_FIGURES / figures).clamp(16, most)
    }

    /// How many chunks.
    #[must_use]
    pub fn chunks(&self) -> u64 {
        (self.end - self.first).div_ceil(self.size())
    }

    /// Computes a chunk.
    #[must_use]
    pub fn compute(&self, chunk: u64) -> Chunk {
        let from = self.first + chunk * self.size();
        self.points(&(from..(from + self.size()).min(self.end)).collect::<Vec<_>>())
    }

    /// Computes some points, as a chunk of their own.
    #[must_use]
    pub fn points(&self, numbers: &[u64]) -> Chunk {
        let width = self.rows.targets.len().max(1);
        let values: Vec<i64> = numbers.iter().flat_map(|n| if self.rows.targets.is_empty() { vec![0] } else { self.points.point(*n) }).collect();
        let results = self.evaluator.points(&values, &self.wanted);
        let mut made = Chunk::default();
        for ((number, values), result) in numbers.iter().zip(values.chunks_exact(width)).zip(&results) {
            let point = Point { number: *number, values, result };
            self.rows.print(point, &mut made.points);
            if self.by_town {
                self.rows.print_towns(point, self.wanted.first_year, &mut made.towns);
            }
            made.sums.extend_from_slice(&sum(result).bytes());
            if let Ok(figures) = result {
                #[expect(clippy::cast_possible_truncation, reason = "whole fen below 2^53")]
                figures.gaps.iter().for_each(|gap| made.gaps.extend_from_slice(&(*gap as i64).to_le_bytes()));
            }
        }
        made
    }
}

#[expect(clippy::cast_possible_truncation, reason = "sums of whole fen below 2^53")]
fn sum(result: &Result<Figures, Failed>) -> Sum {
    match result {
        Ok(figures) => Sum { planned: figures.planned as i64, paid: figures.paid as i64, failed: 0 },
        Err(failed) => Sum { planned: 0, paid: 0, failed: failed.code.trim_start_matches('E').parse().unwrap_or(u16::MAX) },
    }
}
