//! The processes of a run: everything that descends from the launcher.

use std::{collections::HashMap, fs};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use super::kernel::{self, Usage};

/// What the living processes of a run use together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tree {
    /// CPU time so far, of waited-for children too.
    pub(super) cpu_ms: u64,
    /// Resident memory.
    pub(super) memory_bytes: u64,
    /// Processes and threads.
    pub(super) tasks: u64,
}

/// One line of `/proc/<pid>/stat`.
struct Stat {
    parent: i32,
    cpu_ticks: u64,
    tasks: u64,
    pages: u64,
}

/// Clock ticks of `/proc` are hundredths of a second on every Linux.
const MS_PER_TICK: u64 = 10;

/// Memory pages, in bytes.
const PAGE_BYTES: u64 = 4096;

/// Looks at all descendants of this process. Pages that processes share are told apart, which takes time, only
/// where the memory would otherwise be over the limit.
pub(super) fn look(memory_limit: u64) -> Tree {
    let all = stats();
    let pids = descendants(&all);
    let mut tree = Tree::default();
    for stat in pids.iter().filter_map(|pid| all.get(pid)) {
        tree.cpu_ms += stat.cpu_ticks * MS_PER_TICK;
        tree.memory_bytes += stat.pages * PAGE_BYTES;
        tree.tasks += stat.tasks;
    }
    if tree.memory_bytes > memory_limit && pids.len() > 1 {
        tree.memory_bytes = pids.iter().filter_map(|pid| proportional_bytes(*pid)).sum();
    }
    tree
}

/// A process's memory, where a page of several processes counts in parts; `None` once it has ended.
fn proportional_bytes(pid: i32) -> Option<u64> {
    let told = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    let line = told.lines().find_map(|line| line.strip_prefix("Pss:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? * 1024)
}

/// Ends and reaps every descendant of this process; gives what they used.
///
/// Orphans become children of this process, which is their subreaper: when no child is left, nothing of the
/// run is.
pub(super) fn end_all() -> Usage {
    let mut used = Usage::default();
    loop {
        match kernel::reap(-1) {
            Ok(Some(ended)) => {
                used.cpu_ms += ended.usage.cpu_ms;
                used.peak_bytes = used.peak_bytes.max(ended.usage.peak_bytes);
            }
            Ok(None) => {
                for pid in descendants(&stats()) {
                    // It may have ended by itself.
                    let _ = kill(Pid::from_raw(pid), Signal::SIGKILL);
                }
                std::thread::yield_now();
            }
            Err(_) => return used,
        }
    }
}

/// All processes of the machine that can be seen.
fn stats() -> HashMap<i32, Stat> {
    let Ok(entries) = fs::read_dir("/proc") else { return HashMap::new() };
    entries
        .flatten()
        .filter_map(|entry| {
            let pid = entry.file_name().to_str()?.parse().ok()?;
            let line = fs::read_to_string(entry.path().join("stat")).ok()?;
            Some((pid, Stat::parse(&line)?))
        })
        .collect()
}

impl Stat {
    /// The fields behind the name, which stands in parentheses and may hold any character.
    fn parse(line: &str) -> Option<Self> {
        let fields: Vec<&str> = line[line.rfind(')')? + 1..].split_whitespace().collect();
        let number = |index: usize| fields.get(index)?.parse::<u64>().ok();
        Some(Self {
            parent: fields.get(1)?.parse().ok()?,
            cpu_ticks: number(11)? + number(12)? + number(13)? + number(14)?,
            tasks: number(17)?,
            pages: number(21)?,
        })
    }
}

/// The descendants of this process among `all`.
fn descendants(all: &HashMap<i32, Stat>) -> Vec<i32> {
    let mut found = Vec::new();
    let mut parents = vec![std::process::id().cast_signed()];
    while let Some(parent) = parents.pop() {
        for (&pid, _) in all.iter().filter(|(_, stat)| stat.parent == parent) {
            found.push(pid);
            parents.push(pid);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_spaces_and_parentheses_does_not_shift_the_fields() {
        let line = "7 (a) b (c) S 3 7 7 0 -1 0 0 0 0 0 10 5 2 1 20 0 4 0 100 5000000 300 0";

        let stat = Stat::parse(line).unwrap();

        assert_eq!((stat.parent, stat.cpu_ticks, stat.tasks, stat.pages), (3, 18, 4, 300));
    }
}
