#![no_main]
libfuzzer_sys::fuzz_target!(init: fencheng_fuzz::only_what_is_not_caught(), |bytes: &[u8]| {
    fencheng_fuzz::fuzz::forms::forms(bytes);
});
