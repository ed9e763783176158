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
    /// The line of each instruction; `None` where it is not the learner's.
    lines: BTreeMap<u64, Option<Place>>,
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
            jumped: false,
        };
        for line in text.lines() {
            reader.read(line, files);
        }
        reader.map
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
    Next,
    /// This block.
    Block(u64),
}

struct Reader {
    map: Map,
    place: Option<Place>,
    block: Open,
    /// Lines of the function's first instructions.
    head: Block,
    /// Whether the instruction before was a jump.
    jumped: bool,
}

impl Reader {
    fn read(&mut self, line: &str, files: &Files) {
        if let Some((address, code)) = instruction(line) {
            self.instruction(address, code);
        } else if line.ends_with(">:") {
            self.block = Open::Function;
            self.head.clear();
            self.place = None;
        } else if let Some((file, line)) = source_line(line) {
            self.place = learners(file, line, files);
        }
    }

    fn instruction(&mut self, address: u64, code: &str) {
        self.map.lines.insert(address, self.place.clone());
        if code.ends_with(COUNTER) {
            self.block = Open::Next;
            self.jumped = false;
            return;
        }
        if matches!(self.block, Open::Next) {
            self.block = Open::Block(address);
            self.map.blocks.insert(address, std::mem::take(&mut self.head));
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
        self.jumped = jumps;
    }
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
mod tests {
    use super::*;

    const TEXT: &str = "\
0000000000401176 <main>:
main():
/tmp/a/solution.c:2
  401176:\tpush   %rbp
/tmp/a/solution.c:3
  401181:\tcall   40129c <__sanitizer_cov_trace_pc>
  401186:\tcmpl   $0x2,-0x4(%rbp)
  40118a:\tjle    401193 <main+0x1d>
/tmp/a/solution.c:4 (discriminator 1)
  40118c:\tcall   40129c <__sanitizer_cov_trace_pc>
  401191:\tjmp    4011a7 <main+0x31>
/tmp/a/solution.c:5
  401193:\tnop
/usr/include/x.h:6
  401194:\tret
";

    #[test]
    fn a_block_has_the_lines_up_to_the_next_counter() {
        let files = Files::from([("solution.c".to_owned(), "a\nb\nc\nd\ne\nf\n".to_owned())]);

        let map = Map::read(TEXT, &files);

        let lines = |block: &Block| block.keys().map(|place| place.line).collect::<Vec<_>>();
        let blocks: Vec<_> = map.blocks.iter().map(|(at, block)| (*at, lines(block))).collect();
        assert_eq!(blocks, [(0x40_1186, vec![2, 3]), (0x40_1191, vec![4])]);
        assert_eq!(map.place(0x40_1188).map(|place| place.line), Some(3));
        assert_eq!(map.place(0x40_1194), None, "not the learner's");
    }
}
