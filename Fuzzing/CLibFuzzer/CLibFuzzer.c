// libFuzzer itself is linked by -sanitize=fuzzer; this file only makes the target one that SwiftPM builds.
#include "CLibFuzzer.h"
