//! A tiny seeded generator (splitmix64): scenario n is a function of n, on every machine.

pub struct Random {
    state: u64,
    /// Bytes to draw from before the state goes on alone: a fuzzer steers by them.
    bytes: Vec<u8>,
    drawn: usize,
}

impl Random {
    pub fn new(seed: u64) -> Self {
        let state = seed.wrapping_mul(0x2545_f491_4f6c_dd1d).wrapping_add(0x1234_5678_9abc_def1);
        Self { state, bytes: Vec::new(), drawn: 0 }
    }

    /// Draws two bytes at a time from these, and goes on by itself behind them.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self { bytes: bytes.to_vec(), ..Self::new(bytes.len() as u64) }
    }

    fn next(&mut self) -> u64 {
        if let Some([low, high]) = self.bytes.get(self.drawn..self.drawn + 2) {
            self.drawn += 2;
            return u64::from(u16::from_le_bytes([*low, *high])).wrapping_mul(0x1_0000_0001);
        }
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number from `low` to `high`, both included.
    pub fn within(&mut self, low: i64, high: i64) -> i64 {
        assert!(low <= high, "{low}..={high} is empty");
        low + (self.next() % (high - low + 1) as u64) as i64
    }

    /// The same for years.
    pub fn year(&mut self, low: i32, high: i32) -> i32 {
        self.within(low.into(), high.into()) as i32
    }

    pub fn count(&mut self, low: usize, high: usize) -> usize {
        self.within(low as i64, high as i64) as usize
    }

    /// True in so many cases of a hundred.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.within(1, 100) <= percent
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.count(0, from.len() - 1)]
    }

    pub fn word(&mut self, from: &[&'static str]) -> &'static str {
        from[self.count(0, from.len() - 1)]
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            list.swap(at, self.count(0, at));
        }
    }

    /// Some of a list, at least one, in its order.
    pub fn some<T: Clone>(&mut self, from: &[T]) -> Vec<T> {
        let chosen: Vec<T> = from.iter().filter(|_| self.chance(50)).cloned().collect();
        if chosen.is_empty() { vec![self.pick(from).clone()] } else { chosen }
    }
}
