// Sudoku by constraint propagation and search: bit sets of candidates, arrays of arrays, FromStr, Display, Result for conflicts.
use std::fmt;
use std::str::FromStr;

#[derive(Clone, Copy, PartialEq, Eq)]
struct Candidates(u16);

impl Candidates {
    const ALL: Candidates = Candidates(0x1ff);

    fn only(digit: u8) -> Self {
        Candidates(1 << (digit - 1))
    }

    fn len(self) -> u32 {
        self.0.count_ones()
    }

    fn single(self) -> Option<u8> {
        (self.len() == 1).then(|| self.0.trailing_zeros() as u8 + 1)
    }

    fn iter(self) -> impl Iterator<Item = u8> {
        (1..=9).filter(move |d| self.0 >> (d - 1) & 1 == 1)
    }
}

#[derive(Debug, PartialEq)]
struct Contradiction;

#[derive(Clone)]
struct Board {
    cells: [[Candidates; 9]; 9],
    guesses: usize,
}

#[derive(Debug, PartialEq)]
enum BadBoard {
    Length(usize),
    Digit(char, usize),
    Unsolvable,
}

impl From<Contradiction> for BadBoard {
    fn from(_: Contradiction) -> Self {
        BadBoard::Unsolvable
    }
}

impl FromStr for Board {
    type Err = BadBoard;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
        if digits.len() != 81 {
            return Err(BadBoard::Length(digits.len()));
        }
        let mut board = Board { cells: [[Candidates::ALL; 9]; 9], guesses: 0 };
        for (i, c) in digits.into_iter().enumerate() {
            match c {
                '.' | '0' => {}
                '1'..='9' => board.assign(i / 9, i % 9, c as u8 - b'0')?,
                other => return Err(BadBoard::Digit(other, i)),
            }
        }
        Ok(board)
    }
}

fn peers(row: usize, column: usize) -> impl Iterator<Item = (usize, usize)> {
    let (top, left) = (row / 3 * 3, column / 3 * 3);
    let across = (0..9).map(move |c| (row, c));
    let down = (0..9).map(move |r| (r, column));
    let square = (0..9).map(move |i| (top + i / 3, left + i % 3));
    across.chain(down).chain(square).filter(move |&at| at != (row, column))
}

impl Board {
    fn assign(&mut self, row: usize, column: usize, digit: u8) -> Result<(), Contradiction> {
        if self.cells[row][column].0 & Candidates::only(digit).0 == 0 {
            return Err(Contradiction);
        }
        self.cells[row][column] = Candidates::only(digit);
        peers(row, column).try_for_each(|(r, c)| self.eliminate(r, c, digit))
    }

    fn eliminate(&mut self, row: usize, column: usize, digit: u8) -> Result<(), Contradiction> {
        let cell = &mut self.cells[row][column];
        let before = cell.len();
        cell.0 &= !Candidates::only(digit).0;
        match (before, cell.len(), cell.single()) {
            (_, 0, _) => Err(Contradiction),
            (2, 1, Some(last)) => self.assign(row, column, last),
            _ => Ok(()),
        }
    }

    fn solve(mut self) -> Option<Board> {
        let open = (0..81).map(|i| (i / 9, i % 9)).filter(|&(r, c)| self.cells[r][c].len() > 1);
        let Some((row, column)) = open.min_by_key(|&(r, c)| self.cells[r][c].len()) else {
            return Some(self);
        };
        for digit in self.cells[row][column].iter() {
            self.guesses += 1;
            let mut attempt = self.clone();
            if attempt.assign(row, column, digit).is_ok() {
                match attempt.solve() {
                    Some(solved) => return Some(solved),
                    None => continue,
                }
            }
        }
        None
    }
}

impl fmt::Display for Board {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (r, row) in self.cells.iter().enumerate() {
            if r % 3 == 0 && r > 0 {
                writeln!(f, "------+-------+------")?;
            }
            let groups: Vec<String> = row
                .chunks(3)
                .map(|cells| cells.iter().map(|c| c.single().map_or('.', |d| (b'0' + d) as char).to_string()))
                .map(|cells| cells.collect::<Vec<_>>().join(" "))
                .collect();
            writeln!(f, "{}", groups.join(" | "))?;
        }
        write!(f, "{} guesses", self.guesses)
    }
}

fn main() {
    let puzzles = [
        "53..7.... 6..195... .98....6. 8...6...3 4..8.3..1 7...2...6 .6....28. ...419..5 ....8..79",
        "55.......",
        "5x..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79",
        "55..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79",
    ];
    for puzzle in puzzles {
        match puzzle.parse::<Board>() {
            Ok(board) => match board.solve() {
                Some(solved) => println!("{solved}"),
                None => println!("no solution"),
            },
            Err(e) => println!("{e:?}"),
        }
    }
}
