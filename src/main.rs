//! The command `fencheng`.

fn main() -> std::process::ExitCode {
    fencheng::cli::main()
}
