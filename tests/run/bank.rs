// Accounts and transactions: enums with data, errors with sources, a trait for reports, shared state through Rc<RefCell>.
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::rc::{Rc, Weak};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cents(i64);

impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let text = format!("{sign}{}.{:02}", self.0.abs() / 100, self.0.abs() % 100);
        f.pad(&text)
    }
}
impl std::ops::AddAssign for Cents {
    fn add_assign(&mut self, rhs: Self) {
        self.0 += rhs.0;
    }
}
impl std::ops::SubAssign for Cents {
    fn sub_assign(&mut self, rhs: Self) {
        self.0 -= rhs.0;
    }
}
impl std::ops::Neg for Cents {
    type Output = Cents;
    fn neg(self) -> Cents {
        Cents(-self.0)
    }
}
impl std::iter::Sum for Cents {
    fn sum<I: Iterator<Item = Cents>>(iter: I) -> Cents {
        Cents(iter.map(|c| c.0).sum())
    }
}

#[derive(Debug)]
pub enum BankError {
    NoSuchAccount(u32),
    Insufficient { need: Cents, have: Cents },
    Frozen(String),
    Bad { line: usize, source: std::num::ParseIntError },
}

impl fmt::Display for BankError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BankError::NoSuchAccount(id) => write!(f, "account #{id:04} does not exist"),
            BankError::Insufficient { need, have } => write!(f, "{need} needed, {have} available"),
            BankError::Frozen(owner) => write!(f, "the account of {owner} is frozen"),
            BankError::Bad { line, source } => write!(f, "line {line}: {source}"),
        }
    }
}

#[derive(Debug)]
struct Account {
    id: u32,
    owner: String,
    balance: RefCell<Cents>,
    frozen: Cell<bool>,
    bank: RefCell<Weak<Bank>>,
    history: RefCell<Vec<Entry>>,
}

#[derive(Debug, Clone, PartialEq)]
enum Entry {
    Deposit(Cents),
    Withdrawal(Cents),
    Transfer { other: u32, amount: Cents, incoming: bool },
}

impl Entry {
    fn effect(&self) -> Cents {
        match *self {
            Entry::Deposit(c) | Entry::Transfer { amount: c, incoming: true, .. } => c,
            Entry::Withdrawal(c) | Entry::Transfer { amount: c, incoming: false, .. } => -c,
        }
    }
}

#[derive(Debug, Default)]
struct Bank {
    name: &'static str,
    accounts: RefCell<HashMap<u32, Rc<Account>>>,
    next: Cell<u32>,
}

impl Bank {
    fn new(name: &'static str) -> Rc<Bank> {
        Rc::new(Bank { name, ..Default::default() })
    }
    fn open(self: &Rc<Self>, owner: impl Into<String>) -> Rc<Account> {
        let id = self.next.get() + 1;
        self.next.set(id);
        let account = Rc::new(Account {
            id,
            owner: owner.into(),
            balance: RefCell::default(),
            frozen: Cell::new(false),
            bank: RefCell::new(Rc::downgrade(self)),
            history: RefCell::new(vec![]),
        });
        self.accounts.borrow_mut().insert(id, Rc::clone(&account));
        account
    }
    fn find(&self, id: u32) -> Result<Rc<Account>, BankError> {
        self.accounts.borrow().get(&id).cloned().ok_or(BankError::NoSuchAccount(id))
    }
    fn transfer(&self, from: u32, to: u32, amount: Cents) -> Result<(), BankError> {
        let (from, to) = (self.find(from)?, self.find(to)?);
        from.record(Entry::Transfer { other: to.id, amount, incoming: false })?;
        to.record(Entry::Transfer { other: from.id, amount, incoming: true })
    }
    fn execute(&self, script: &str) -> Vec<Result<(), BankError>> {
        script
            .lines()
            .enumerate()
            .filter(|(_, l)| !l.trim().is_empty())
            .map(|(n, line)| {
                let number = |text: &str| {
                    text.parse::<i64>().map_err(|source| BankError::Bad { line: n + 1, source })
                };
                let words: Vec<&str> = line.split_whitespace().collect();
                match words.as_slice() {
                    ["deposit", id, amount] => {
                        self.find(number(id)? as u32)?.record(Entry::Deposit(Cents(number(amount)?)))
                    }
                    ["withdraw", id, amount] => {
                        self.find(number(id)? as u32)?.record(Entry::Withdrawal(Cents(number(amount)?)))
                    }
                    ["move", from, "to", to, amount] => {
                        self.transfer(number(from)? as u32, number(to)? as u32, Cents(number(amount)?))
                    }
                    ["freeze", id] => {
                        self.find(number(id)? as u32)?.frozen.set(true);
                        Ok(())
                    }
                    other => panic!("unknown command {other:?}"),
                }
            })
            .collect()
    }
}

impl Account {
    fn record(&self, entry: Entry) -> Result<(), BankError> {
        if self.frozen.get() {
            return Err(BankError::Frozen(self.owner.clone()));
        }
        let effect = entry.effect();
        let have = *self.balance.borrow();
        if effect.0 < 0 && have.0 + effect.0 < 0 {
            return Err(BankError::Insufficient { need: -effect, have });
        }
        *self.balance.borrow_mut() += effect;
        self.history.borrow_mut().push(entry);
        Ok(())
    }
}

trait Report {
    fn title(&self) -> String;
    fn lines(&self) -> Vec<String>;
    fn print(&self) {
        let title = self.title();
        println!("{title}\n{}", "-".repeat(title.len()));
        self.lines().iter().for_each(|l| println!("  {l}"));
    }
}
impl Report for Account {
    fn title(&self) -> String {
        let bank = self.bank.borrow().upgrade().map(|b| b.name).unwrap_or("nowhere");
        format!("{} ({}) at {bank}", self.owner, self.id)
    }
    fn lines(&self) -> Vec<String> {
        self.history.borrow().iter().map(|e| format!("{:>10} {e:?}", e.effect())).collect()
    }
}
impl Report for Bank {
    fn title(&self) -> String {
        self.name.to_uppercase()
    }
    fn lines(&self) -> Vec<String> {
        let mut accounts: Vec<_> = self.accounts.borrow().values().cloned().collect();
        accounts.sort_by_key(|a| (std::cmp::Reverse(*a.balance.borrow()), a.id));
        accounts.iter().map(|a| format!("{:<8}{:>9}{}", a.owner, a.balance.borrow(), if a.frozen.get() { " *" } else { "" })).collect()
    }
}

fn main() {
    let bank = Bank::new("First Bank");
    let ada = bank.open("Ada");
    bank.open(String::from("Grace"));
    let script = "deposit 1 10050\nwithdraw 1 5000\nmove 1 to 2 1999\n\nmove 2 to 1 999999\ndeposit 7 1\n\
                  deposit 1 1x\nfreeze 2\nmove 1 to 2 1";
    for result in bank.execute(script) {
        match result {
            Ok(()) => println!("done"),
            Err(e @ BankError::Bad { .. }) => println!("{e:?}"),
            Err(e) => println!("refused: {e}"),
        }
    }
    let reports: [&dyn Report; 2] = [&*ada, bank.as_ref()];
    for r in reports {
        r.print();
    }
    let total: Cents = bank.accounts.borrow().values().map(|a| *a.balance.borrow()).sum();
    println!("total {total:>10}| {} {}", Rc::strong_count(&ada), Rc::weak_count(&bank));
    drop(bank);
    println!("{}", ada.title());
}
