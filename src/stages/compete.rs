//! The competition stage 竞争立项: the best by score, ties by town.

/// Marks the `best` of those who compete (`None`: does not) with 1, the others with 0. The higher score wins, at a tie the lower rank.
pub fn winners(scores: &[Option<f64>], rank: &[u32], best: usize, out: &mut [f64]) {
    out.fill(0.0);
    // Adding 0 makes −0 and 0 the same score.
    let mut places: Vec<(f64, usize)> = scores.iter().enumerate().filter_map(|(town, score)| Some(((*score)? + 0.0, town))).collect();
    places.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(rank[a.1].cmp(&rank[b.1])));
    places.iter().take(best).for_each(|(_, town)| out[*town] = 1.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn won(scores: &[Option<f64>], rank: &[u32], best: usize) -> Vec<f64> {
        let mut out = vec![9.0; scores.len()];
        winners(scores, rank, best, &mut out);
        out
    }

    #[test]
    fn the_best_win_and_ties_fall_to_the_lower_rank() {
        let scores = [Some(70.0), Some(90.0), None, Some(70.0), Some(-0.0), Some(0.0)];
        assert_eq!(won(&scores, &[3, 0, 1, 2, 5, 4], 2), [0.0, 1.0, 0.0, 1.0, 0.0, 0.0]);
        assert_eq!(won(&scores, &[3, 0, 1, 2, 5, 4], 4), [1.0, 1.0, 0.0, 1.0, 0.0, 1.0]);
    }

    #[test]
    fn more_prizes_than_towns_and_none_at_all() {
        assert_eq!(won(&[Some(-5.0), None], &[0, 1], 100), [1.0, 0.0]);
        assert_eq!(won(&[Some(1.0)], &[0], 0), [0.0]);
        assert_eq!(won(&[], &[], 3), [] as [f64; 0]);
    }
}
