// What the processor that runs this can do.
#ifndef TOUCHSTONE_CPROCESSOR_H
#define TOUCHSTONE_CPROCESSOR_H

#include <stdbool.h>

/// Whether the instructions of AVX2 and FMA may be used here.
bool touchstone_processor_has_avx2_and_fma(void);

#endif
