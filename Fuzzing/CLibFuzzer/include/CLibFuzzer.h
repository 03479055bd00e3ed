#ifndef C_LIB_FUZZER_H
#define C_LIB_FUZZER_H

#include <stddef.h>
#include <stdint.h>

/* libFuzzer's loop, which comes with the toolchain: calls `try_one` with bytes that it changes by what they reach.
 * Takes its options out of `argv`; returns the exit code. */
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*try_one)(const uint8_t *data, size_t size));

#endif
