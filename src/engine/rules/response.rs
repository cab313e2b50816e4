//! Response and the dose of later cycles.

use crate::engine::case::Response;
use crate::engine::rule::{Basis, rules};

rules! {
    /// A response that is not judged.
    rule RESP_04 "RESP-04" D [US_2_1 EU_4_2 OWN_READING] "cycle 2 and later"
    when "the response of the previous cycle is unknown": hold / hold,
        if |f| (f.later_cycle() && f.previous?.response == Some(Response::Unknown)).then(Basis::none),
        say "The response to the previous cycle is not known. The dose of this cycle depends on it: judge the marrow first.";

    /// A response that is lost.
    rule RESP_06 "RESP-06" D [US_2_1 EU_4_2 OWN_READING] "cycle 2 and later"
    when "CR or CRi after an earlier cycle, none after the latest": hold / hold,
        if |f| f.response_lost().then(Basis::none),
        say "An earlier CR or CRi is lost. The label gives no dose for this: decide with the prescriber.";
}
