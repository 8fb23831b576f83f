//! Small multiples: a room divided into equal cells.

use super::layout::Rect;

/// Columns and rows for `count` cells whose shape comes nearest to `shape` (width ÷ height), with few empty ones.
pub(super) fn division(room: &Rect, count: usize, shape: f64) -> (usize, usize) {
    let cost = |columns: usize| {
        let rows = count.div_ceil(columns);
        let cell = (room.width() / columns as f64) / (room.height() / rows as f64);
        let empty = (columns * rows - count) as f64 / count.max(1) as f64;
        libm::fabs(libm::log(cell / shape)) + 0.8 * empty
    };
    let columns = (1..=count.max(1)).min_by(|&a, &b| cost(a).total_cmp(&cost(b))).unwrap_or(1);
    (columns, count.max(1).div_ceil(columns))
}

/// The cells of a room, row by row, `gap` pixels between them, in whole pixels.
pub(super) fn cells(room: &Rect, (columns, rows): (usize, usize), gap: (f64, f64)) -> Vec<Rect> {
    let width = (room.width() - gap.0 * (columns - 1) as f64) / columns as f64;
    let height = (room.height() - gap.1 * (rows - 1) as f64) / rows as f64;
    let cell = |at: usize| {
        let (column, row) = ((at % columns) as f64, (at / columns) as f64);
        let (x, y) = (room.x0 + column * (width + gap.0), room.y0 + row * (height + gap.1));
        Rect::new(x.round(), y.round(), (x + width).round(), (y + height).round())
    };
    (0..columns * rows).map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_fill_the_room_and_keep_apart() {
        let room = Rect::new(0.0, 0.0, 1000.0, 600.0);
        let (columns, rows) = division(&room, 24, 1.6);
        assert!(columns * rows >= 24 && columns * rows < 30);
        let cells = cells(&room, (columns, rows), (10.0, 10.0));
        assert!(cells.iter().enumerate().all(|(at, a)| room.contains(a) && cells[at + 1..].iter().all(|b| !a.overlaps(b))));
        assert_eq!(division(&room, 1, 1.6), (1, 1));
    }
}
