// Puzzle solutions in the style of advent calendars: parsing, grids, simulation, memoisation, bit tricks.
use std::collections::{HashMap, HashSet, VecDeque};
use std::str::FromStr;

mod day1 {
    pub fn windows(input: &str, size: usize) -> usize {
        let depths: Vec<u32> = input.lines().filter_map(|l| l.trim().parse().ok()).collect();
        depths.windows(size + 1).filter(|w| w[0] < w[size]).count()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Command {
    Forward(i32),
    Vertical(i32),
}
impl FromStr for Command {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let (word, n) = s.split_once(' ').ok_or_else(|| format!("no space in {s:?}"))?;
        let n: i32 = n.parse().map_err(|e| format!("{n:?}: {e}"))?;
        match word {
            "forward" => Ok(Command::Forward(n)),
            "down" => Ok(Self::Vertical(n)),
            "up" => Ok(Self::Vertical(-n)),
            _ => Err(format!("unknown {word}")),
        }
    }
}

struct Grid<T> {
    cells: Vec<T>,
    width: usize,
}
impl<T: Copy + PartialEq> Grid<T> {
    fn parse(text: &str, convert: impl Fn(char) -> T) -> Option<Self> {
        let width = text.lines().next()?.len();
        let cells: Vec<T> = text.lines().flat_map(|l| l.chars()).map(convert).collect();
        (cells.len() % width == 0).then(|| Grid { cells, width })
    }
    fn neighbours(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let (x, y) = (at % self.width, at / self.width);
        [(-1i32, 0i32), (1, 0), (0, -1), (0, 1)].into_iter().filter_map(move |(dx, dy)| {
            let x = x.checked_add_signed(dx as isize).filter(|&x| x < self.width)?;
            let y = y.checked_add_signed(dy as isize)?;
            let i = y * self.width + x;
            (i < self.cells.len()).then_some(i)
        })
    }
}

fn low_points(grid: &Grid<u8>) -> (u32, Vec<usize>) {
    let lows: Vec<usize> = (0..grid.cells.len())
        .filter(|&i| grid.neighbours(i).all(|n| grid.cells[n] > grid.cells[i]))
        .collect();
    let mut basins: Vec<usize> = lows
        .iter()
        .map(|&low| {
            let mut seen = HashSet::from([low]);
            let mut queue = VecDeque::from(vec![low]);
            while let Some(at) = queue.pop_front() {
                for n in grid.neighbours(at) {
                    if grid.cells[n] < 9 && seen.insert(n) {
                        queue.push_back(n);
                    }
                }
            }
            seen.len()
        })
        .collect();
    basins.sort_unstable_by(|a, b| b.cmp(a));
    (lows.iter().map(|&i| 1 + grid.cells[i] as u32).sum(), basins)
}

fn lanternfish(input: &str, days: u32) -> u64 {
    let mut ages = [0u64; 9];
    for age in input.split(',').map(|n| n.parse::<usize>().unwrap()) {
        ages[age] += 1;
    }
    for _ in 0..days {
        ages.rotate_left(1);
        ages[6] += ages[8];
    }
    ages.iter().sum()
}

fn syntax_score(line: &str) -> Result<u64, char> {
    let mut stack = vec![];
    for c in line.chars() {
        match c {
            '(' => stack.push(')'),
            '[' => stack.push(']'),
            '{' => stack.push('}'),
            '<' => stack.push('>'),
            c if stack.last() == Some(&c) => {
                stack.pop();
            }
            c => return Err(c),
        }
    }
    Ok(stack.iter().rev().fold(0, |score, c| score * 5 + " )]}>".find(*c).unwrap() as u64))
}

fn arrangements(springs: &[u8], groups: &[usize], memo: &mut HashMap<(usize, usize), u64>) -> u64 {
    if springs.is_empty() {
        return groups.is_empty() as u64;
    }
    if let Some(&known) = memo.get(&(springs.len(), groups.len())) {
        return known;
    }
    let mut total = 0;
    if matches!(springs[0], b'.' | b'?') {
        total += arrangements(&springs[1..], groups, memo);
    }
    if let (b'#' | b'?', [first, rest @ ..]) = (springs[0], groups) {
        let fits = springs.len() >= *first
            && !springs[..*first].contains(&b'.')
            && springs.get(*first).map_or(true, |&b| b != b'#');
        if fits {
            total += arrangements(springs.get(first + 1..).unwrap_or(&[]), rest, memo);
        }
    }
    memo.insert((springs.len(), groups.len()), total);
    total
}

fn queens(n: u32) -> u32 {
    fn place(all: u32, columns: u32, left: u32, right: u32) -> u32 {
        if columns == all {
            return 1;
        }
        let mut free = all & !(columns | left | right);
        let mut count = 0;
        while free != 0 {
            let bit = free & free.wrapping_neg();
            free &= free - 1;
            count += place(all, columns | bit, (left | bit) << 1, (right | bit) >> 1);
        }
        count
    }
    place((1 << n) - 1, 0, 0, 0)
}

fn main() {
    let depths = "199\n200\n208\n210\n200\n207\n240\n269\n260\n263";
    println!("day 1: {} {}", day1::windows(depths, 1), day1::windows(depths, 3));
    let commands: Result<Vec<Command>, _> = "forward 5\ndown 5\nforward 8\nup 3\ndown 8\nforward 2".lines().map(str::parse).collect();
    let (x, depth, _) = commands.unwrap().iter().fold((0, 0, 0), |(x, depth, aim), c| match *c {
        Command::Forward(n) => (x + n, depth + aim * n, aim),
        Command::Vertical(n) => (x, depth, aim + n),
    });
    println!("day 2: {}", x * depth);
    for bad in ["up", "up x", "left 3"] {
        println!("       {:?}", Command::from_str(bad));
    }
    println!("day 6: {} {}", lanternfish("3,4,3,1,2", 18), lanternfish("3,4,3,1,2", 256));
    let grid = Grid::parse("2199943210\n3987894921\n9856789892\n8767896789\n9899965678", |c| c.to_digit(10).unwrap() as u8).unwrap();
    let (risk, basins) = low_points(&grid);
    println!("day 9: {risk} {:?} {}", basins, basins.iter().take(3).product::<usize>());
    let mut scores: Vec<_> = ["[({(<(())[]>[[{[]{<()<>>", "{([(<{}[<>[]}>{[]{[(<()>", "(((({<>}<{<{<>}{[]{[]{}"]
        .iter()
        .map(|l| syntax_score(l))
        .collect();
    scores.sort();
    println!("day 10: {scores:?}");
    for line in ["???.### 1,1,3", "?###???????? 3,2,1", ".??..??...?##. 1,1,3"] {
        let (springs, groups) = line.split_once(' ').unwrap();
        let groups: Vec<usize> = groups.split(',').map(|g| g.parse().unwrap()).collect();
        let unfolded = [springs; 5].join("?");
        print!("{} ", arrangements(springs.as_bytes(), &groups, &mut HashMap::new()));
        println!("{}", arrangements(unfolded.as_bytes(), &groups.repeat(5), &mut HashMap::new()));
    }
    println!("{:?}", (1..=8).map(queens).collect::<Vec<_>>());
}

#[test]
fn examples() {
    assert_eq!(lanternfish("3,4,3,1,2", 80), 5934);
    assert_eq!("forward -2".parse(), Ok(Command::Forward(-2)));
    assert_eq!(syntax_score("(]"), Err(']'));
}
