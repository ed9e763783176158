//! Promises of the map from blocks to lines.

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

const LOOP: &str = "\
0000000000401176 <f>:
f():
/tmp/a/solution.c:1
  401176:\tpush   %rbp
/tmp/a/solution.c:2
  401202:\tjmp    40120d <f+0x17>
/tmp/a/solution.c:3
  401204:\tcall   4012d9 <__sanitizer_cov_trace_pc>
  401209:\tsubl   $0x1,-0x14(%rbp)
/tmp/a/solution.c:2
  40120d:\tcall   4012d9 <__sanitizer_cov_trace_pc>
  401212:\tcmpl   $0x3,-0x14(%rbp)
  401216:\tjg     401204 <f+0xe>
/tmp/a/solution.c:4
  401218:\tcall   4012d9 <__sanitizer_cov_trace_pc>
  40121d:\tret
";

#[test]
fn a_function_that_begins_with_a_loop_is_counted_by_its_entries() {
    let files = Files::from([("solution.c".to_owned(), "a\nb\nc\nd\n".to_owned())]);

    let map = Map::read(LOOP, &files);

    let head = &map.heads[0];
    let lines: Vec<_> = head.lines.keys().map(|place| place.line).collect();
    assert_eq!((lines, map.heads.len()), (vec![1, 2], 1));
    let thrice_round = |block| if block == 0x40_1209 { 3 } else { 5 };
    assert_eq!(head.count(thrice_round), 2);
    assert_eq!(head.count(|block| u64::from(block == 0x40_1212)), 1, "the loop is not entered");
    let inside: Vec<_> = map.blocks[&0x40_1209].keys().map(|place| place.line).collect();
    assert_eq!(inside, [3]);
}

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
