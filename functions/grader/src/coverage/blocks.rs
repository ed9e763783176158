//! Which lines a program's basic blocks stand for, from its disassembly with line numbers.
//!
//! The compiler begins each block with a call of our counter; the address behind that call is the block's name. A
//! block's lines are those of the instructions up to the next such call. Counts of blocks are exact where a program
//! crashes or is killed; counts that a compiler derives from the flow between blocks are wrong there.

use std::collections::BTreeMap;

use shared::package::Files;

use super::Place;

/// What the counter is called.
const COUNTER: &str = "<__sanitizer_cov_trace_pc>";

/// A program's blocks and the lines of its instructions.
#[derive(Debug, Default)]
pub(super) struct Map {
    /// By the address behind the call that begins the block.
    pub(super) blocks: BTreeMap<u64, Block>,
    /// First instructions of functions that run before a block which others lead to as well.
    pub(super) heads: Vec<Head>,
    /// The line of each instruction; `None` where it is not the learner's.
    lines: BTreeMap<u64, Option<Place>>,
}

/// What a function begins with when it jumps, before anything is counted, to the condition of a loop.
#[derive(Debug)]
pub(super) struct Head {
    /// Its lines.
    pub(super) lines: Block,
    /// The block that it jumps to.
    into: u64,
    /// The blocks of the function that always lead there.
    others: Vec<u64>,
}

impl Head {
    /// How often it ran: as often as its block, less what came there by another way. A way that has no counter
    /// makes this too much, and a crash on the way too little, but never zero for a head that ran.
    pub(super) fn count(&self, of_block: impl Fn(u64) -> u64) -> u64 {
        let into = of_block(self.into);
        let others = self.others.iter().map(|it| of_block(*it)).sum();
        into.saturating_sub(others).max(into.min(1))
    }
}

/// The lines of one block, each with the address of its first instruction there.
pub(super) type Block = BTreeMap<Place, u64>;

impl Map {
    /// Reads what `objdump --disassemble --line-numbers` printed; lines count where they are in these files.
    pub(super) fn read(text: &str, files: &Files) -> Self {
        let mut reader = Reader {
            map: Self::default(),
            place: None,
            block: Open::Function,
            head: Block::new(),
            ways: Vec::new(),
            counters: BTreeMap::new(),
            jumped: false,
        };
        for line in text.lines() {
            reader.read(line, files);
        }
        reader.end_function();
        reader.map
    }

    /// Every line that can run.
    pub(super) fn places(&self) -> impl Iterator<Item = &Place> {
        let heads = self.heads.iter().map(|head| &head.lines);
        self.blocks.values().chain(heads).flat_map(Block::keys)
    }

    /// The learner's line that holds this address, if one does.
    pub(super) fn place(&self, address: u64) -> Option<&Place> {
        self.lines.range(..=address).next_back()?.1.as_ref()
    }
}

/// Where instructions go that have no counter of their own before them.
enum Open {
    /// A function's first instructions: into its first block.
    Function,
    /// The block that begins behind the call that was just read.
    Next { call: u64 },
    /// This block.
    Block(u64),
}

struct Reader {
    map: Map,
    place: Option<Place>,
    block: Open,
    /// Lines of the function's first instructions.
    head: Block,
    /// Where blocks of the function always lead, by the address of a counter's call; the head has no block.
    ways: Vec<(Option<u64>, u64)>,
    /// The function's blocks by the address of the call before them.
    counters: BTreeMap<u64, u64>,
    /// Whether the instruction before was a jump.
    jumped: bool,
}

impl Reader {
    fn read(&mut self, line: &str, files: &Files) {
        if let Some((address, code)) = instruction(line) {
            self.instruction(address, code);
        } else if line.ends_with(">:") {
            self.end_function();
            self.block = Open::Function;
            self.place = None;
        } else if let Some((file, line)) = source_line(line) {
            self.place = learners(file, line, files);
        }
    }

    fn instruction(&mut self, address: u64, code: &str) {
        self.map.lines.insert(address, self.place.clone());
        if code.ends_with(COUNTER) {
            match self.block {
                Open::Block(block) if !self.jumped => self.ways.push((Some(block), address)),
                _ => {}
            }
            self.block = Open::Next { call: address };
            self.jumped = false;
            return;
        }
        if let Open::Next { call } = self.block {
            self.block = Open::Block(address);
            self.counters.insert(call, address);
            let jumped = self.ways.iter().any(|(from, _)| from.is_none());
            let head = if jumped { Block::new() } else { std::mem::take(&mut self.head) };
            self.map.blocks.insert(address, head);
        }
        let jumps = code.starts_with('j') || code.starts_with("ret");
        let empty = code.starts_with("jmp") || code.starts_with("nop");
        if let (Open::Function, Some(place)) = (&self.block, &self.place) {
            self.head.entry(place.clone()).or_insert(address);
        }
        // What follows a jump and does nothing is an empty block, for which there is no counter.
        if let (Open::Block(block), Some(place), false) =
            (&self.block, &self.place, empty && self.jumped)
        {
            let lines = self.map.blocks.entry(*block).or_default();
            lines.entry(place.clone()).or_insert(address);
        }
        if let (Some(to), false) = (target(code), self.jumped) {
            match self.block {
                Open::Function => self.ways.push((None, to)),
                Open::Block(block) => self.ways.push((Some(block), to)),
                Open::Next { .. } => {}
            }
        }
        self.jumped = jumps;
    }

    /// Finds the block that the head of the function jumped to, if it did.
    fn end_function(&mut self) {
        let (ways, head) = (std::mem::take(&mut self.ways), std::mem::take(&mut self.head));
        let counters = std::mem::take(&mut self.counters);
        let Some((_, call)) = ways.iter().find(|(from, _)| from.is_none()) else { return };
        let others = ways.iter().filter(|(_, to)| to == call).filter_map(|(from, _)| *from);
        // A jump to where nothing counts goes round the first block at most.
        let into = counters.get(call).or_else(|| counters.values().next());
        let head = into.map(|into| Head { lines: head, into: *into, others: others.collect() });
        self.map.heads.extend(head);
    }
}

/// Where an unconditional jump goes: `jmp    40120d <count+0x17>`.
fn target(code: &str) -> Option<u64> {
    u64::from_str_radix(code.strip_prefix("jmp ")?.trim_start().split(' ').next()?, 16).ok()
}

/// `4011cc:`, a tab, `call 4012b1 <__sanitizer_cov_trace_pc>`.
fn instruction(line: &str) -> Option<(u64, &str)> {
    let (address, code) = line.split_once(":\t")?;
    Some((u64::from_str_radix(address.trim_start(), 16).ok()?, code.trim_end()))
}

/// `/folder/of/the/build/solution.c:9 (discriminator 1)`.
fn source_line(line: &str) -> Option<(&str, u32)> {
    let (file, number) = line.rsplit_once(':')?;
    Some((file, number.split(' ').next()?.parse().ok()?))
}

/// The learner's line that this is, if it is one and more than a brace.
fn learners(file: &str, line: u32, files: &Files) -> Option<Place> {
    let is_it = |(path, text): &(&String, &String)| {
        let same = file == path.as_str() || file.ends_with(&format!("/{path}"));
        let text = (line as usize).checked_sub(1).and_then(|at| text.lines().nth(at));
        same && text.is_some_and(|text| text.contains(char::is_alphanumeric))
    };
    files.iter().find(is_it).map(|(path, _)| Place { path: path.clone(), line })
}

#[cfg(test)]
mod tests;
