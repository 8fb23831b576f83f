//! The command line: one file a command. Only here is anything printed.

mod args;
mod backtest;
mod check;
mod collected;
mod compare;
mod compared;
mod describe;
mod discover;
#[cfg(feature = "chart")]
mod drawn;
mod explain;
mod found;
mod from_sweep;
mod front;
mod glossary;
mod inputs;
mod list;
mod merge;
mod new;
mod outcome;
mod output;
mod pack;
mod pictured;
mod pictures;
mod redo;
mod report;
mod reported;
mod request;
mod result;
mod run;
mod sensitivity;
mod solve;
mod study;
mod summary;
mod sweep;
mod swept;
mod swept_pictures;
mod swept_tables;
mod target;
mod unpack;
mod verify;
mod workbook;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use outcome::Failure;

/// Exit code of a mistake in the user's input.
const MISTAKE: u8 = 1;
/// Exit code where no value meets the requirements of a search.
const UNSOLVED: u8 = 3;
/// Nothing contradicts a result, but it was not computed anew.
const UNVERIFIED: u8 = 4;

/// Reads the command line and runs it.
#[must_use]
pub fn main() -> ExitCode {
    run_with(std::env::args_os())
}

/// Runs a command line, the program's name first.
#[must_use]
pub fn run_with(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    // A reader that stops early (`| head`) is no mistake.
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(help) => {
            let _ = help.print();
            return if help.use_stderr() { ExitCode::from(MISTAKE) } else { ExitCode::SUCCESS };
        }
    };
    let result = match &cli.command {
        Command::Run(args) => run::run(args, &cli.global),
        Command::New(args) => new::new(args, &cli.global),
        Command::Backtest(args) => backtest::backtest(args, &cli.global),
        Command::Merge(args) => merge::merge(args, &cli.global),
        Command::Verify(args) => verify::verify(args, &cli.global),
        Command::Report(args) => report::report(args, &cli.global),
        Command::Pack(args) => pack::pack(args, &cli.global),
        Command::Sweep(args) => sweep::sweep(args, &cli.global),
        Command::Compare(args) => compare::compare(args, &cli.global),
        Command::Solve(args) => solve::solve(args, &cli.global),
        Command::Sensitivity(args) => sensitivity::sensitivity(args, &cli.global),
        Command::Discover(args) => discover::discover(args, &cli.global),
        Command::Check(args) => check::check(args, &cli.global),
        Command::Read(args) => describe::read(args, &cli.global),
        Command::Diff(args) => describe::diff(args, &cli.global),
        Command::Explain(args) => explain::explain(args, &cli.global),
        Command::Plan(args) => list::plan(args, &cli.global),
        Command::List(args) => list::list(args, &cli.global),
        Command::Schema => describe::schema(),
        Command::ExplainError { code } => describe::explain_error(code, &cli.global),
        Command::Glossary { term } => glossary::glossary(term.as_deref(), &cli.global),
        Command::Completions { shell } => describe::completions(*shell),
        Command::Man => describe::man(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Reported) => ExitCode::from(MISTAKE),
        Err(Failure::Unsolved) => ExitCode::from(UNSOLVED),
        Err(Failure::Unverified) => ExitCode::from(UNVERIFIED),
        Err(Failure::Said(words)) => {
            outcome::complain(&words);
            ExitCode::from(MISTAKE)
        }
        Err(Failure::ReaderGone) => ExitCode::SUCCESS,
    }
}
