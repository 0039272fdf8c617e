//! Every operation of some fixtures, through its client to its mock and back.

include!(concat!(env!("OUT_DIR"), "/loopbacks.rs"));
