//! The program from outside: every test runs the binary in a sandbox of its own and reads what it
//! said and what it published. Nobody named in these tests is real.

mod across;
mod blocking;
mod broken;
mod checks;
mod databases;
mod determinism;
mod explain;
mod families;
mod fixtures;
mod init;
mod kinds;
mod layouts;
mod linking;
mod links;
mod logged;
mod memory;
mod merging;
mod model;
mod own_output;
mod people;
mod plan;
mod register;
mod reliability;
mod relinked;
mod review;
mod sandbox;
mod seen;
mod settings;
mod tidy;
mod unsaid;
mod usage;
mod workbooks;
