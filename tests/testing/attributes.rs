// Every attribute a test can have, at the root and in nested modules, with every way to end.
use std::fmt;

#[derive(Debug, PartialEq)]
pub enum Problem {
    Empty,
    Odd(u32),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Empty => write!(f, "nothing there"),
            Problem::Odd(n) => write!(f, "{n} is odd"),
        }
    }
}

pub fn halves(numbers: &[u32]) -> Result<Vec<u32>, Problem> {
    if numbers.is_empty() {
        return Err(Problem::Empty);
    }
    numbers.iter().map(|&n| if n % 2 == 0 { Ok(n / 2) } else { Err(Problem::Odd(n)) }).collect()
}

#[test]
fn at_the_root() {
    assert_eq!(halves(&[2, 4]), Ok(vec![1, 2]));
}

#[cfg(not(test))]
fn only_without_tests() -> Missing {
    unreachable!()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn helper() -> Vec<u32> {
        vec![8, 6]
    }

    #[test]
    fn with_a_result() -> Result<(), Problem> {
        assert_eq!(halves(&helper())?, [4, 3]);
        Ok(())
    }

    #[test]
    fn with_an_error() -> Result<(), Problem> {
        println!("about to fail");
        halves(&[2, 3]).map(|_| ())
    }

    #[test]
    #[should_panic]
    fn that_panics() {
        halves(&[]).unwrap();
    }

    #[test]
    #[should_panic(expected = "is odd")]
    fn with_the_wrong_text() {
        panic!("{}", Problem::Empty);
    }

    #[test]
    #[should_panic(expected = "is odd")]
    fn with_the_right_text() {
        panic!("{}", Problem::Odd(7));
    }

    #[test]
    #[should_panic]
    fn that_does_not_panic() {
        println!("quiet");
    }

    #[test]
    #[should_panic(expected = "attempt to add with overflow")]
    fn that_overflows() {
        let most = helper().len() as u8 + 253;
        let _ = most + 1;
    }

    #[test]
    #[ignore]
    fn left_out() {
        panic!();
    }

    mod deeper {
        use super::super::halves;
        use super::helper;

        #[ignore = "takes too long"]
        #[test]
        fn left_out_with_reason() {}

        #[test]
        fn compares() {
            assert_ne!(halves(&helper()), Ok(vec![4, 3]), "both are {:?}", [4, 3]);
        }

        #[test]
        fn asserts() {
            let halved = halves(&[10]).unwrap();
            assert!(halved.contains(&4), "{halved:?} has no 4");
        }

        #[test]
        fn indexes() {
            let halved = halves(&[10]).unwrap();
            println!("{}", halved[halved.len()]);
        }
    }
}
