//! `faultline`, for the stories: Cargo tells tests where a program of their own package lies, and no other.

fn main() -> std::process::ExitCode {
    local::main()
}
