#![no_main]
use std::cell::LazyCell;

use fencheng_fuzz::fuzz::results::Shard;

fn fencheng(arguments: &[&str]) {
    let _ = fencheng::cli::run_with(std::iter::once("fencheng").chain(arguments.iter().copied()).map(Into::into));
}

thread_local! {
    static SHARD: LazyCell<Shard> = LazyCell::new(|| Shard::new(&fencheng));
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    SHARD.with(|shard| shard.attack(bytes, &fencheng));
});
