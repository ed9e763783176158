//! `faultline`: the local edition and the command line.

fn main() -> std::process::ExitCode {
    local::main()
}
