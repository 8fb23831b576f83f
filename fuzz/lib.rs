//! The functions of `tests/fuzz`, for the fuzzer.

#[path = "../tests/fuzz/mod.rs"]
pub mod fuzz;
#[path = "../tests/oracle/mod.rs"]
#[allow(dead_code, reason = "the oracle's own test uses the rest")]
pub mod oracle;

/// A panic that the program catches by itself is no finding: the hook of the fuzzer would end at each.
pub fn only_what_is_not_caught() {
    std::panic::set_hook(Box::new(|_| {}));
}
