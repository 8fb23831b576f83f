#![no_main]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    fencheng_fuzz::fuzz::agree::agree(bytes);
});
